package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of upload sessions for the limit of open uploads. */
public abstract class OpenUploadsContract {

    private static final Instant START = Instant.parse("2025-11-30T12:00:00Z");
    private static final Optional<String> ONE = Optional.of("key:one");
    private static final Optional<String> TWO = Optional.of("key:two");
    private static final Optional<String> NOBODY = Optional.empty();

    private final AtomicInteger names = new AtomicInteger();
    private UploadSessions sessions;
    private UploadSessions others;

    /** Opens an empty record. */
    protected abstract UploadSessions open();

    /** Releases the resources of {@link #open}. */
    protected void close() {}

    /** Returns the record as seen by another process at the same time. */
    protected abstract UploadSessions member();

    @BeforeEach
    final void openSessions() {
        sessions = open();
        others = member();
    }

    @AfterEach
    final void closeSessions() {
        close();
    }

    @Test
    void intent_beyondTheLimitOfOpenUploads_isRejected_andNotRecorded() {
        begin(ONE, 2);
        begin(ONE, 2);

        assertThatThrownBy(() -> others.intents().intend(key("c"), ONE, 2, START))
                .isInstanceOf(TooManyOpen.class)
                .hasMessageContaining("2 open uploads")
                .hasMessageContaining("abort");
        assertThat(sessions.intents().list(10, Optional.empty())).isEmpty();
        assertThatCode(() -> begin(ONE, 3)).doesNotThrowAnyException();
        assertThatCode(() -> begin(TWO, 1)).doesNotThrowAnyException();
        assertThatCode(() -> begin(NOBODY, 1)).doesNotThrowAnyException();
        assertRefused(NOBODY, 1);
    }

    @Test
    void intent_counts_untilItIsWithdrawn() {
        UploadIntent intent = sessions.intents().intend(key("a"), ONE, 1, START);

        assertRefused(ONE, 1);
        sessions.intents().markUncertain(intent);
        assertRefused(ONE, 1);
        sessions.intents().withdraw(intent);
        assertThatCode(() -> begin(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void upload_counts_untilItIsComplete() {
        UploadSession session = begin(ONE, 1);
        UploadSession completing = session.completing(List.of(tag()), 3, START);

        sessions.change(session, completing);
        assertRefused(ONE, 1);
        sessions.change(completing, completing.completed(tag().etag(), START));
        assertThatCode(() -> begin(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void abortedOrRemovedUpload_noLongerCounts() {
        UploadSession session = begin(ONE, 1);
        sessions.change(session, session.to(UploadState.ABORTING, START));
        UploadSession second = begin(ONE, 1);
        sessions.remove(second.id());

        assertThatCode(() -> begin(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void partialUpload_counts_whileItIsOpen() {
        Resumption partial = new Resumption(ResumableId.random(), 1 << 20, "", true, Preconditions.NONE);
        begin(UploadOrigin.resumable(ONE, Map.of(), OptionalLong.of(3), partial), 1);

        assertRefused(ONE, 1);
    }

    @Test
    void uploadOfAProcess_doesNotCount() {
        UploadSession session = UploadSession.begun(
                new UploadInfo(key("large"), new UploadId("large"), START),
                UploadOrigin.process(ProcessId.random(), Map.of(), OptionalLong.of(7)),
                ObjectAttributes.DEFAULT);
        sessions.add(session, sessions.intents().intend(session.key(), START));
        sessions.intents().intend(key("other"), START);

        assertThatCode(() -> begin(NOBODY, 1)).doesNotThrowAnyException();
    }

    @Test
    void concurrentIntentsOfTwoProcesses_respectTheLimit() throws Exception {
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            UploadSessions process = i % 2 == 0 ? sessions : others;
            racers.add(() -> {
                try {
                    add(process, UploadOrigin.client(ONE, Map.of()), 5);
                    return true;
                } catch (TooManyOpen e) {
                    return false;
                }
            });
        }

        assertThat(Race.run(racers)).filteredOn(Boolean::booleanValue).hasSize(5);
        assertRefused(ONE, 5);
    }

    private UploadSession begin(Optional<String> owner, int max) {
        return begin(UploadOrigin.client(owner, Map.of()), max);
    }

    private UploadSession begin(UploadOrigin origin, int max) {
        return add(sessions, origin, max);
    }

    private UploadSession add(UploadSessions record, UploadOrigin origin, int max) {
        String name = "u" + names.incrementAndGet();
        UploadIntent intent = record.intents().intend(key(name), origin.owner(), max, START);
        UploadSession session = UploadSession.begun(
                new UploadInfo(key(name), new UploadId(name), START), origin, ObjectAttributes.DEFAULT);
        record.add(session, intent);
        return session;
    }

    private void assertRefused(Optional<String> owner, int max) {
        assertThatThrownBy(() -> others.intents().intend(key("refused"), owner, max, START))
                .isInstanceOf(TooManyOpen.class);
    }

    private static PartTag tag() {
        return new PartTag(new PartNumber(1), new Etag("d41d8cd98f00b204e9800998ecf8427e"));
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("raw/p/" + name);
    }
}
