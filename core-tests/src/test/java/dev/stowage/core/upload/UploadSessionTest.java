package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.Bodies;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The states of uploads, with failures in every step. */
final class UploadSessionTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final Duration TTL = Duration.ofHours(24);

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage =
            new InMemoryStorage(new PartLimits(10, 1000), EnumSet.allOf(Capability.class), clock);
    private final InMemorySessions sessions = new InMemorySessions();
    private final CreateUpload create =
            new CreateUpload(storage.uploads(), sessions, LAYOUT, POLICY, Integer.MAX_VALUE, clock);
    private final PutPart putPart = new PutPart(storage, sessions, POLICY, new ProcessSignals(), clock);
    private final CompleteUpload complete =
            new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, clock);
    private final AbortUpload abort = new AbortUpload(storage.uploads(), sessions, POLICY, clock);
    private final GetUpload get = new GetUpload(storage.uploads(), sessions, POLICY);
    private final ExpireUploads expire = new ExpireUploads(storage.uploads(), sessions, POLICY, clock, TTL);
    private final ResumeUploads resume = new ResumeUploads(storage, sessions, POLICY, clock);

    @Test
    void uploadOnlyKnownToTheStore_isNotFound() {
        UploadId foreign = storage.uploads().create(KEY, ObjectAttributes.DEFAULT);

        assertThatThrownBy(() -> put(foreign, 1, 5)).isInstanceOf(NotFound.class);
    }

    @Test
    void complete_withOtherPartsThanBefore_conflicts() {
        UploadId upload = begin();
        PartTag one = put(upload, 1, 10);
        PartTag two = put(upload, 2, 10);
        complete.complete(Principal.ANYONE, KEY, upload, Optional.of(List.of(one)), Preconditions.NONE);

        assertThatThrownBy(() -> complete.complete(
                        Principal.ANYONE, KEY, upload, Optional.of(List.of(one, two)), Preconditions.NONE))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void complete_concurrently_returnsOneResult() throws Exception {
        UploadId upload = begin();
        Optional<List<PartTag>> parts = Optional.of(List.of(put(upload, 1, 10), put(upload, 2, 5)));
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            Future<ObjectInfo> first =
                    clients.submit(() -> complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE));
            Future<ObjectInfo> second =
                    clients.submit(() -> complete.complete(Principal.ANYONE, KEY, upload, parts, Preconditions.NONE));

            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(second.get(20, TimeUnit.SECONDS));
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void part_ofACompletingUpload_conflicts_andOfAnEndedOne_isNotFoundWithItsState() {
        UploadId upload = begin();
        PartTag one = put(upload, 1, 10);
        UploadSession open = session(upload);
        UploadSession completing = open.completing(List.of(one), 10, clock.instant());
        sessions.change(open, completing);
        assertThatThrownBy(() -> put(upload, 2, 5)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> abort.abort(Principal.ANYONE, KEY, upload)).isInstanceOf(Conflict.class);

        complete.complete(Principal.ANYONE, KEY, upload, Optional.empty(), Preconditions.NONE);

        assertThatThrownBy(() -> put(upload, 2, 5))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.detail().get("state")).isEqualTo("completed"));
    }

    @Test
    void slowOldAttempt_atAPart_doesNotOverwriteANewerOne() throws Exception {
        UploadId upload = begin();
        SlowBody slow = new SlowBody(20);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<PartInfo> old =
                    client.submit(() -> putPart.put(Principal.ANYONE, KEY, upload, new PartNumber(1), slow, List.of()));
            assertThat(slow.begun.await(20, TimeUnit.SECONDS)).isTrue();
            PartTag newer = put(upload, 1, 15);
            slow.goOn.countDown();

            assertThatThrownBy(() -> old.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Conflict.class);
            assertThat(storage.uploads()
                            .listParts(KEY, upload, 10, Optional.empty())
                            .items())
                    .extracting(PartInfo::etag)
                    .containsExactly(newer.etag());
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void status_countsPartsSentDirectlyToTheStore() {
        UploadId upload = begin();
        put(upload, 1, 10);
        clock.advance(Duration.ofHours(1));
        storage.uploads().putPart(KEY, upload, new PartNumber(2), Bodies.pattern(7, 1), List.of());

        UploadProgress progress = get.get(Principal.ANYONE, KEY, upload);

        assertThat(progress.parts()).isEqualTo(2);
        assertThat(progress.bytes()).isEqualTo(17);
        assertThat(progress.session().lastActivity()).isEqualTo(clock.instant());
    }

    @Test
    void resume_ofACompletionNotBegunInTheStore_completes() {
        UploadId upload = begin();
        PartTag one = put(upload, 1, 10);
        sessions.change(session(upload), session(upload).completing(List.of(one), 10, clock.instant()));
        clock.advance(Duration.ofSeconds(1));

        assertThat(resume.resume(clock.instant())).isEqualTo(1);

        assertThat(session(upload).state()).isEqualTo(UploadState.COMPLETED);
        assertThat(storage.objects().stat(KEY)).isPresent();
        assertThat(resume.resume(clock.instant())).isZero();
    }

    @Test
    void resume_ofACompletionDoneInTheStore_acceptsTheObject() {
        UploadId upload = begin();
        PartTag one = put(upload, 1, 10);
        sessions.change(session(upload), session(upload).completing(List.of(one), 10, clock.instant()));
        ObjectInfo made = storage.uploads().complete(KEY, upload, List.of(one), WriteCondition.NONE);
        clock.advance(Duration.ofSeconds(1));

        resume.resume(clock.instant());

        assertThat(session(upload).state()).isEqualTo(UploadState.COMPLETED);
        assertThat(complete.complete(Principal.ANYONE, KEY, upload, Optional.of(List.of(one)), Preconditions.NONE)
                        .etag())
                .isEqualTo(made.etag());
    }

    @Test
    void resume_ofACompletionWhoseUploadIsGone_endsIt() {
        UploadId upload = begin();
        PartTag one = put(upload, 1, 10);
        sessions.change(session(upload), session(upload).completing(List.of(one), 10, clock.instant()));
        storage.uploads().abort(KEY, upload);
        clock.advance(Duration.ofSeconds(1));

        resume.resume(clock.instant());

        assertThat(session(upload).state()).isEqualTo(UploadState.ABORTED);
    }

    @Test
    void resume_ofAnAbort_deletesItsParts() {
        UploadId upload = begin();
        put(upload, 1, 10);
        sessions.change(session(upload), session(upload).to(UploadState.ABORTING, clock.instant()));
        clock.advance(Duration.ofSeconds(1));

        resume.resume(clock.instant());

        assertThat(session(upload).state()).isEqualTo(UploadState.ABORTED);
        assertThat(openInStore()).isZero();
    }

    @Test
    void resume_withOneFailingSession_finishesTheOthers_andFails() {
        UploadId poisoned = begin();
        UploadId other = begin();
        for (UploadId upload : List.of(poisoned, other)) {
            sessions.change(session(upload), session(upload).to(UploadState.ABORTING, clock.instant()));
        }
        clock.advance(Duration.ofSeconds(1));
        ResumeUploads failing = new ResumeUploads(new FailingAbort(storage, poisoned), sessions, POLICY, clock);

        assertThatThrownBy(() -> failing.resume(clock.instant())).isInstanceOf(StorageUnavailable.class);

        assertThat(session(other).state()).isEqualTo(UploadState.ABORTED);
        assertThat(session(poisoned).state()).isEqualTo(UploadState.ABORTING);
    }

    @Test
    void resume_ignoresStepsOfRunningRequests() {
        UploadId upload = begin();
        sessions.change(session(upload), session(upload).to(UploadState.ABORTING, clock.instant()));

        assertThat(resume.resume(clock.instant())).isZero();
        assertThat(session(upload).state()).isEqualTo(UploadState.ABORTING);
    }

    @Test
    void expire_endsIdleUploads_countedFromTheLastPart() {
        UploadId idle = begin();
        UploadId busy = begin();
        put(idle, 1, 10);
        clock.advance(Duration.ofHours(23));
        put(busy, 1, 10);
        clock.advance(Duration.ofHours(2));

        assertThat(expire.expire()).isEqualTo(new Freed(1, 10));

        assertThat(session(idle).state()).isEqualTo(UploadState.EXPIRED);
        assertThat(session(busy).state()).isEqualTo(UploadState.OPEN);
        assertThat(openInStore()).isEqualTo(1);
        assertThatThrownBy(() -> put(idle, 2, 5))
                .isInstanceOfSatisfying(
                        NotFound.class,
                        e -> assertThat(e.detail())
                                .isEqualTo(Map.of("key", KEY.value(), "upload_id", idle.value(), "state", "expired")));
        assertThat(expire.expire()).isEqualTo(new Freed(0, 0));
    }

    @Test
    void expire_readsPartsSentBySignedUrlFromTheStore() {
        UploadId upload = begin();
        clock.advance(Duration.ofHours(23));
        storage.uploads().putPart(KEY, upload, new PartNumber(1), Bodies.pattern(7, 1), List.of());
        clock.advance(Duration.ofHours(2));

        assertThat(expire.expire()).isEqualTo(new Freed(0, 0));
        clock.advance(Duration.ofHours(23));
        assertThat(expire.expire()).isEqualTo(new Freed(1, 7));
    }

    private UploadId begin() {
        return create.create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT).id();
    }

    private PartTag put(UploadId upload, int number, int size) {
        PartInfo part = putPart.put(
                Principal.ANYONE, KEY, upload, new PartNumber(number), Bodies.pattern(size, number), List.of());
        return new PartTag(part.number(), part.etag());
    }

    private UploadSession session(UploadId upload) {
        return sessions.find(KEY, upload).orElseThrow();
    }

    private int openInStore() {
        return storage.uploads()
                .listUploads(KeyPrefix.ALL, 100, Optional.empty())
                .items()
                .size();
    }

    /** A body that waits after its first byte until the test continues it. */
    private static final class SlowBody implements Content {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        private final int size;

        SlowBody(int size) {
            this.size = size;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(size);
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private int position;

                @Override
                public int read() throws IOException {
                    if (position == 1) {
                        begun.countDown();
                        await();
                    }
                    return position++ < size ? 'x' : -1;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int value = read();
                    buffer[offset] = (byte) value;
                    return value < 0 ? -1 : 1;
                }

                private void await() throws IOException {
                    try {
                        if (!goOn.await(20, TimeUnit.SECONDS)) {
                            throw new IOException("the test did not continue the body");
                        }
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            };
        }
    }
}
