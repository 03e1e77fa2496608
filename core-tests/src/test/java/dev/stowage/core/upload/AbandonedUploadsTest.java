package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads that a process left when it ended in between. */
final class AbandonedUploadsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/large.bin");
    private static final Duration TERM = Duration.ofSeconds(20);
    private static final ProcessId PROCESS = new ProcessId("process");

    private final TestClock clock = new TestClock();
    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
    private final InMemorySessions sessions = new InMemorySessions(PROCESS);
    private final InMemoryLeases leases = new InMemoryLeases(PROCESS);
    private final KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private final UploadJournal journal = new SessionJournal(sessions, layout, PROCESS, clock);
    private final AbortAbandonedUploads abandoned =
            new AbortAbandonedUploads(storage.uploads(), sessions, leases, clock);

    @BeforeEach
    void live() {
        leases.beat(clock.instant(), clock.instant().plus(TERM));
    }

    @Test
    void largeFile_belongsToItsProcess_whileThatLives() {
        UploadId upload = beginLargeFile();

        assertThat(abandoned.abort()).isZero();
        clock.advance(TERM);
        assertThat(abandoned.abort()).isEqualTo(1);

        assertThat(open()).isEmpty();
        assertThat(sessions.find(KEY, upload).orElseThrow().state()).isEqualTo(UploadState.ABORTED);
        assertThat(abandoned.abort()).isZero();
    }

    @Test
    void completedLargeFile_isDeletedFromTheRecord() {
        UploadJournal.Entry entry = journal.open(KEY, ObjectAttributes.DEFAULT, OptionalLong.of(7));
        UploadId upload = create(KEY);
        entry.begun(upload);
        storage.uploads().abort(KEY, upload);
        entry.ended(true);
        entry.ended(true);

        assertThat(sessions.find(KEY, upload)).isEmpty();
        assertThat(intents()).isEmpty();
    }

    @Test
    void largeFileThatCouldNotBeAborted_isLeftToMaintenance() {
        UploadJournal.Entry entry = journal.open(KEY, ObjectAttributes.DEFAULT, OptionalLong.of(7));
        UploadId upload = create(KEY);
        entry.begun(upload);
        entry.ended(false);

        assertThat(sessions.find(KEY, upload).orElseThrow().state()).isEqualTo(UploadState.ABORTING);
    }

    @Test
    void clientsUpload_survivesTheProcess() {
        UploadId upload = new CreateUpload(
                        storage.uploads(),
                        sessions,
                        layout,
                        new AccessPolicy(layout, AuditLog.NONE),
                        Integer.MAX_VALUE,
                        clock)
                .create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT)
                .id();
        clock.advance(TERM);

        assertThat(abandoned.abort()).isZero();

        assertThat(open()).containsExactly(upload);
        assertThat(intents()).isEmpty();
    }

    @Test
    void uploadWhoseIdWasLostInACrash_isFoundByItsIntent() {
        sessions.intents().intend(KEY, clock.instant());
        create(KEY);
        UploadId neighbor = create(new ObjectKey(KEY + "2"));
        assertThat(abandoned.abort()).isZero();
        clock.advance(TERM);

        assertThat(abandoned.abort()).isEqualTo(1);

        assertThat(open()).containsExactly(neighbor);
        assertThat(intents()).isEmpty();
    }

    @Test
    void uploadWhoseIdWasInALostResponse_isAbortedWhileTheProcessLives() {
        sessions.intents().markUncertain(sessions.intents().intend(KEY, clock.instant()));
        create(KEY);

        assertThat(abandoned.abort()).isEqualTo(1);
        assertThat(open()).isEmpty();
    }

    @Test
    void recordedOrUnrelatedUploads_ofTheSameKey_areKept() {
        UploadId early = create(KEY);
        clock.advance(Duration.ofMinutes(2));
        sessions.intents().markUncertain(sessions.intents().intend(KEY, clock.instant()));
        UploadId known = new CreateUpload(
                        storage.uploads(),
                        sessions,
                        layout,
                        new AccessPolicy(layout, AuditLog.NONE),
                        Integer.MAX_VALUE,
                        clock)
                .create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT)
                .id();
        create(KEY);

        assertThat(abandoned.abort()).isEqualTo(1);

        assertThat(open()).containsExactlyInAnyOrder(early, known);
    }

    @Test
    void uploadsWithLostId_areKeptWhileAnotherOfTheirKeyIsAboutToBegin() {
        sessions.intents().markUncertain(sessions.intents().intend(KEY, clock.instant()));
        UploadIntent living = sessions.intents().intend(KEY, clock.instant());
        UploadId upload = create(KEY);

        assertThat(abandoned.abort()).isZero();
        assertThat(open()).containsExactly(upload);

        sessions.intents().withdraw(living);
        assertThat(abandoned.abort()).isEqualTo(1);
    }

    private UploadId beginLargeFile() {
        UploadJournal.Entry entry = journal.open(KEY, ObjectAttributes.DEFAULT, OptionalLong.of(1L << 30));
        UploadId upload = create(KEY);
        entry.begun(upload);
        return upload;
    }

    private UploadId create(ObjectKey key) {
        return storage.uploads().create(key, ObjectAttributes.DEFAULT);
    }

    private List<UploadIntent> intents() {
        return sessions.intents().list(10, Optional.empty());
    }

    private List<UploadId> open() {
        return storage.uploads().listUploads(KeyPrefix.ALL, 1000, Optional.empty()).items().stream()
                .map(UploadInfo::id)
                .toList();
    }
}
