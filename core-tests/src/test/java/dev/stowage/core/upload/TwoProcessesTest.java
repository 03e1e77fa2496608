package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.Tagging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A multipart upload that two processes with the same record work on. */
final class TwoProcessesTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final PartNumber FIRST = new PartNumber(1);

    private final InMemorySessions sessions = new InMemorySessions();
    private InMemoryStorage storage = new InMemoryStorage();

    @ParameterizedTest
    @EnumSource
    void olderAttempt_doesNotReachTheStore_onceANewerOneBeganInTheOtherProcess(Tagging tagging) throws IOException {
        storage = new InMemoryStorage(tagging);
        UploadId upload = create();
        PutPart here = putPart();
        PutPart there = putPart();
        Content overtaken = new OvertakenContent(bytes("old bytes"), () -> put(there, upload, "newer"));

        Conflict refused = catchThrowableOfType(
                Conflict.class, () -> here.put(Principal.ANYONE, KEY, upload, FIRST, overtaken, List.of()));

        assertThat(refused).hasMessageContaining("newer upload of part 1");
        assertThat(complete(upload, Optional.empty()).size()).isEqualTo(5);
        assertThat(text()).isEqualTo("newer");
    }

    @ParameterizedTest
    @EnumSource
    void completion_whenTheStoreHasTheOlderAttempt_isRejected_untilThePartIsSentAgain(Tagging tagging)
            throws IOException {
        storage = new InMemoryStorage(tagging);
        UploadId upload = create();
        PartFencingToken older = sessions.beginPart(KEY, upload, Optional.empty(), FIRST)
                .orElseThrow()
                .token();
        PartInfo newer = put(putPart(), upload, "newer");
        PartInfo late = storage.uploads().putPart(KEY, upload, FIRST, Content.of(bytes("old")), List.of());
        sessions.putPart(older, late, InstantSource.system().instant());

        assertRefused(upload, Optional.empty());
        assertRefused(upload, Optional.of(List.of(new PartTag(FIRST, newer.etag()))));
        assertThat(new ListParts(storage.uploads(), sessions, POLICY)
                        .list(Principal.ANYONE, KEY, upload, 10, Optional.empty())
                        .items())
                .isEmpty();
        assertThat(new GetUpload(storage.uploads(), sessions, POLICY)
                        .get(Principal.ANYONE, KEY, upload)
                        .parts())
                .isZero();
        put(putPart(), upload, "newest");
        assertThat(complete(upload, Optional.empty()).size()).isEqualTo(6);
        assertThat(text()).isEqualTo("newest");
    }

    @Test
    void partStoredBySignedUrl_replacesOneStoredThroughTheService() throws IOException {
        UploadId upload = create();
        put(putPart(), upload, "by the service");
        storage.uploads().putPart(KEY, upload, FIRST, Content.of(bytes("straight")), List.of());

        complete(upload, Optional.empty());

        assertThat(text()).isEqualTo("straight");
    }

    @ParameterizedTest
    @EnumSource
    void concurrentCompletionsInTwoProcesses_getTheSameResult(Tagging tagging) throws Exception {
        storage = new InMemoryStorage(tagging);
        for (int round = 0; round < 30; round++) {
            UploadId upload = create();
            put(putPart(), upload, "round " + round);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<ObjectInfo>> answers = new ArrayList<>();
                CompleteUpload here = completeUpload();
                CompleteUpload there = completeUpload();
                for (CompleteUpload process : List.of(here, there, here, there)) {
                    answers.add(threads.submit(() ->
                            process.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE)));
                }
                for (Future<ObjectInfo> answer : answers) {
                    assertThat(answer.get().etag())
                            .isEqualTo(storage.objects().stat(KEY).orElseThrow().etag());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void completionOfAnEndedProcess_isFinishedByTheOther(Tagging tagging) {
        storage = new InMemoryStorage(tagging);
        UploadId upload = create();
        PartInfo part = put(putPart(), upload, "text");
        UploadSession open = sessions.find(KEY, upload).orElseThrow();
        List<PartTag> parts = List.of(new PartTag(FIRST, part.etag()));
        sessions.change(open, open.completing(parts, 4, InstantSource.system().instant()));

        assertThat(complete(upload, Optional.empty()).size()).isEqualTo(4);
        assertThat(complete(upload, Optional.of(parts)).size()).isEqualTo(4);
    }

    private void assertRefused(UploadId upload, Optional<List<PartTag>> parts) {
        assertThatThrownBy(() -> complete(upload, parts))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PART));
    }

    private UploadId create() {
        return new CreateUpload(storage.uploads(), sessions, LAYOUT, POLICY, Integer.MAX_VALUE, InstantSource.system())
                .create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT)
                .id();
    }

    private PutPart putPart() {
        return new PutPart(storage, sessions, POLICY, new ProcessSignals(), InstantSource.system());
    }

    private CompleteUpload completeUpload() {
        return new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, InstantSource.system());
    }

    private static PartInfo put(PutPart process, UploadId upload, String text) {
        return process.put(Principal.ANYONE, KEY, upload, FIRST, Content.of(bytes(text)), List.of());
    }

    private ObjectInfo complete(UploadId upload, Optional<List<PartTag>> parts) {
        return completeUpload().complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE);
    }

    private String text() throws IOException {
        return storage.objects()
                .read(
                        KEY,
                        ReadOptions.ALL,
                        (info, span, body) -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
