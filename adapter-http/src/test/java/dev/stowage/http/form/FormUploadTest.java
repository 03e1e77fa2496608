package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.RunningService;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.testkit.InMemoryStorage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormUploadTest {

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
    void keyFirst_reachesTheStore_beforeTheFormHasArrived() throws IOException {
        byte[] form = new FormBody()
                .field("key", "raw/demo/a")
                .file("file", new byte[500_000])
                .end();
        Chunks source = new Chunks(form, () -> 8192);
        AtomicInteger arrived = new AtomicInteger();
        ObjectStore watched = new ForwardingObjectStore(store) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                arrived.set(source.position());
                return super.put(key, content, options);
            }
        };

        ObjectInfo stored = upload(watched, source);

        assertThat(arrived.get()).isLessThan(10_000);
        assertThat(stored.size()).isEqualTo(500_000);
    }

    @Test
    void fileFirst_isKeptOnDisk_andGivenBack() throws IOException {
        spools = SpoolSpace.open(directory, 1 << 20);
        AtomicInteger kept = new AtomicInteger();
        ObjectStore watched = new ForwardingObjectStore(store) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                kept.set((int) spools.used());
                return super.put(key, content, options);
            }
        };

        ObjectInfo stored = upload(watched, fileFirst(300_000));

        assertThat(stored.size()).isEqualTo(300_000);
        assertThat(kept).hasValue(300_000);
    }

    @Test
    void fileFirst_thatCanNotBeKept_isRefused() throws IOException {
        spools = SpoolSpace.open(directory, 1000);
        assertThatThrownBy(() -> upload(store, fileFirst(1001)))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("Send a form's fields before the file");
        spools = SpoolSpace.open(directory, 2L * MAX_FILE_SIZE);
        assertThatThrownBy(() -> upload(store, fileFirst(MAX_FILE_SIZE + 1))).isInstanceOf(PayloadTooLarge.class);
        Path folder = directory.resolve("missing");
        spools = SpoolSpace.open(folder, 1000);
        java.nio.file.Files.delete(folder);
        assertThatThrownBy(() -> upload(store, fileFirst(1)))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageNotContaining("missing");
    }

    @Test
    void fileFirst_leavesNothing_whateverFails() {
        spools = SpoolSpace.open(directory, 1 << 20);
        ObjectStore down = new ForwardingObjectStore(store) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                throw new StorageUnavailable("The store does not respond", null);
            }
        };
        assertThatThrownBy(() -> upload(down, fileFirst(10))).isInstanceOf(StorageUnavailable.class);
        byte[] cut = new FormBody().file("file", new byte[100_000]).cut();
        assertThatThrownBy(() -> upload(store, new ByteArrayInputStream(cut, 0, 90_000)))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> upload(store, disconnectedAfter(cut))).isInstanceOf(BrokenContent.class);
        assertThat(store.list(ListQuery.of(KeyPrefix.ALL)).objects()).isEmpty();
    }

    @Test
    void keyFirst_clientGoesAway_storesNothing() {
        byte[] cut = new FormBody()
                .field("key", "raw/demo/a")
                .file("file", new byte[100_000])
                .cut();
        assertThatThrownBy(() -> upload(store, disconnectedAfter(cut))).isInstanceOf(StorageException.class);
        assertThat(store.list(ListQuery.of(KeyPrefix.ALL)).objects()).isEmpty();
    }

    @Test
    void wrongKey_isRefused_beforeTheFileIsRead() {
        byte[] form = new FormBody()
                .field("key", "/raw")
                .file("file", new byte[500_000])
                .end();
        Chunks source = new Chunks(form, () -> 8192);
        assertThatThrownBy(() -> upload(store, source)).isInstanceOf(InvalidInput.class);
        assertThat(source.position()).isLessThan(10_000);
    }

    @Test
    void lateAttributes_ofAFileThatWasReplacedMeanwhile_doNotFailTheUpload() throws IOException {
        ObjectStore busy = new ForwardingObjectStore(store) {
            @Override
            public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                assertThat(options.ifSourceMatch()).isPresent();
                throw new PreconditionFailed("It has another tag", target.value());
            }
        };
        byte[] form = new FormBody()
                .field("key", "raw/demo/a")
                .file("file", new byte[1])
                .field("content_type", "text/plain")
                .end();
        ObjectInfo stored = upload(busy, new ByteArrayInputStream(form));
        assertThat(stored.attributes().contentType().value()).isEqualTo("text/plain");
    }

    private ObjectInfo upload(ObjectStore target, InputStream body) throws IOException {
        Files files =
                new Files(target, Optional.empty(), KeyLayout.parse("open"), RunningService.POLICY, MAX_FILE_SIZE);
        FormFields fields = new FormFields(UploadFields.LIMITS);
        FileForm form = new FileForm(new FormReader(body, new Boundary(FormBody.BOUNDARY), 10), fields);
        return new FormUpload(files, spools, MAX_FILE_SIZE)
                .upload(
                        Principal.ANYONE,
                        form,
                        new UploadFields(fields, Optional.empty(), new JsonCodec()),
                        Preconditions.NONE);
    }

    private static InputStream fileFirst(int size) {
        return new ByteArrayInputStream(new FormBody()
                .file("file", new byte[size])
                .field("key", "raw/demo/a")
                .end());
    }

    private static InputStream disconnectedAfter(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    throw new IOException("connection reset");
                }
                return count;
            }
        };
    }
}
