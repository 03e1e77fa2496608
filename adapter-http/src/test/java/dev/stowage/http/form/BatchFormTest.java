package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.RunningService;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.FailureLog;
import dev.stowage.testkit.InMemoryStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchFormTest {

    private static final int MAX_FILE_SIZE = 1 << 20;

    @TempDir
    private Path directory;

    private final ObjectStore store = new InMemoryStorage().objects();
    private SpoolSpace spools = SpoolSpace.ofSystem();

    @AfterEach
    void nothingIsLeftOnDisk() {
        assertThat(spools.used()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void storeThatFails_failsEachItem_andTellsNothingOfItself() throws IOException {
        ObjectStore down = new ForwardingObjectStore(store) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                if (key.value().equals("defect")) {
                    throw new IllegalStateException("at store-17.internal");
                }
                throw new StorageUnavailable(
                        "The store does not respond; try again later", new IOException("store-17.internal"));
            }
        };
        FormBody form = new FormBody()
                .field("keys", "a")
                .file("files", new byte[300_000])
                .field("keys", "defect")
                .file("files", new byte[3]);

        List<BatchItem> items = upload(down, form.end());

        assertThat(items).extracting(BatchItem::key).containsExactly("a", "defect");
        assertThat(items).allSatisfy(item -> {
            assertThat(item.stored()).isEmpty();
            assertThat(item.message()).isNotEmpty().doesNotContain("internal");
        });
    }

    @Test
    void roomForWaitingFiles_isFreed_asTheirKeysArrive() throws IOException {
        spools = SpoolSpace.open(directory, 1000);
        FormBody form = new FormBody();
        for (int i = 0; i < 5; i++) {
            form.file("files", new byte[900]).field("keys", "k" + i);
        }
        assertThat(upload(store, form.end()))
                .allSatisfy(item -> assertThat(item.stored()).isPresent());
    }

    @Test
    void filesBeyondTheRoom_fail_andTheOthersAreStored() throws IOException {
        spools = SpoolSpace.open(directory, 1000);
        FormBody form = new FormBody()
                .file("files", new byte[900])
                .file("files", new byte[900])
                .file("files", new byte[50])
                .field("keys", "a")
                .field("keys", "b")
                .field("keys", "c");

        List<BatchItem> items = upload(store, form.end());

        assertThat(items).extracting(item -> item.stored().isPresent()).containsExactly(true, false, true);
        assertThat(items.get(1).message()).contains("before the file");
    }

    @Test
    void filesWithoutKeys_areGivenBack() {
        spools = SpoolSpace.open(directory, 1000);
        byte[] form = new FormBody()
                .file("files", new byte[10])
                .file("files", new byte[10])
                .field("keys", "a")
                .end();
        assertThatThrownBy(() -> upload(store, form))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.detail()).containsEntry("stored", List.of("a")));
    }

    @Test
    void unknownField_isRefused() {
        byte[] form = new FormBody().field("key", "a").end();
        assertThatThrownBy(() -> upload(store, form))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the fields are keys and files");
    }

    @Test
    void ifNoneMatch_keepsTheFilesThatAreThere_andStoresTheOthers() throws IOException {
        spools = SpoolSpace.open(directory, 1000);
        ObjectInfo there = put("there");
        FormBody form = new FormBody()
                .field("if_none_match", "*")
                .field("keys", "there")
                .file("files", new byte[3])
                .file("files", new byte[4])
                .field("keys", "free");

        List<BatchItem> items = upload(store, form.end());

        assertThat(items).extracting(item -> item.stored().isPresent()).containsExactly(false, true);
        assertThat(items.get(0).message()).contains("not as the condition asks");
        assertThat(store.stat(there.key())).hasValue(there);
    }

    @Test
    void conditionsOfAPart_areThoseOfItsFile() throws IOException {
        spools = SpoolSpace.open(directory, 1000);
        ObjectInfo there = put("there");
        String absent = "If-None-Match: *\r\n";
        FormBody form = new FormBody()
                .field("keys", "there")
                .part(fileWith(absent), new byte[3])
                .part(fileWith(absent), new byte[4])
                .field("keys", "free")
                .field("keys", "there")
                .part(fileWith("if-match: " + there.etag().quoted() + "\r\n"), new byte[5])
                .field("keys", "never")
                .part(fileWith("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n"), new byte[6]);

        List<BatchItem> items = upload(store, form.end());

        assertThat(items).extracting(item -> item.stored().isPresent()).containsExactly(false, true, true, false);
        assertThat(items.get(0).error()).contains("PreconditionFailed");
        assertThat(items.get(3).message()).contains("If-Modified-Since is not supported");
        assertThat(store.stat(there.key()).orElseThrow().size()).isEqualTo(5);
    }

    @Test
    void conditionOfAPart_thatDiffersFromThatOfTheForm_isRefused() throws IOException {
        ObjectInfo there = put("there");
        FormBody form = new FormBody()
                .field("if_none_match", "*")
                .field("keys", "there")
                .part(fileWith("If-Match: " + there.etag().quoted() + "\r\n"), new byte[3]);

        List<BatchItem> items = upload(store, form.end());

        assertThat(items.get(0).error()).contains("InvalidRequest");
        assertThat(items.get(0).message()).contains("different conditions");
    }

    private static String fileWith(String headers) {
        return "Content-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n" + headers;
    }

    @Test
    void conditionsOfTheRequest_areDecidedForEachFile() throws IOException {
        ObjectInfo there = put("there");
        FormBody form = new FormBody()
                .field("keys", "there")
                .file("files", new byte[3])
                .field("keys", "free")
                .file("files", new byte[4]);
        Preconditions match = Preconditions.of(new WriteCondition.IfMatch(there.etag()));

        assertThat(upload(store, form.end(), match))
                .extracting(item -> item.stored().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void ifNoneMatch_thatComesTooLateOrTwice_isRefused() {
        byte[] late = new FormBody()
                .field("keys", "a")
                .file("files", new byte[3])
                .field("if_none_match", "*")
                .end();
        byte[] twice = new FormBody()
                .field("if_none_match", "*")
                .field("if_none_match", "*")
                .end();
        byte[] nonsense = new FormBody().field("if_none_match", "").end();

        for (byte[] form : List.of(late, twice, nonsense)) {
            assertThatThrownBy(() -> upload(store, form))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.detail()).containsEntry("field", "if_none_match"));
        }
    }

    private ObjectInfo put(String key) {
        return store.put(new ObjectKey(key), Content.of(new byte[1]), PutOptions.DEFAULT)
                .info();
    }

    private List<BatchItem> upload(ObjectStore target, byte[] body) throws IOException {
        return upload(target, body, Preconditions.NONE);
    }

    private List<BatchItem> upload(ObjectStore target, byte[] body, Preconditions conditions) throws IOException {
        Files files =
                new Files(target, Optional.empty(), KeyLayout.parse("open"), RunningService.POLICY, MAX_FILE_SIZE);
        FormReader reader = new FormReader(new ByteArrayInputStream(body), new Boundary(FormBody.BOUNDARY), 100);
        try (BatchForm form = new BatchForm(
                new BatchFiles(files, Principal.ANYONE, new ErrorMapper(), new FailureLog(System::nanoTime)),
                spools,
                MAX_FILE_SIZE,
                new BatchOptions(conditions, Optional.empty()))) {
            return form.upload(reader);
        }
    }
}
