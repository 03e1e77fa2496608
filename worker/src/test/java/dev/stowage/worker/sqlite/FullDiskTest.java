package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.job.JobId;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.fault.TinyDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a full disk, uploads can be ended and deleted, and heartbeats succeed. */
final class FullDiskTest {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a");
    private static final int BEATS = 3000;
    private static final long SIZE = 32 << 20;

    @TempDir
    Path mountPoint;

    private final ProcessId process = ProcessId.random();

    @Test
    void fullDisk_refusesNewUploads_andLetsOthersEnd() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(mountPoint, SIZE);
                WorkerDatabase database = open(disk)) {
            UploadSessions sessions = database.repositories().sessions();
            UploadIntent intent = sessions.intents().intend(KEY, NOW);
            disk.fill();

            assertThatThrownBy(() -> sessions.intents().intend(KEY, NOW)).isInstanceOf(StorageFull.class);
            assertThatCode(() -> sessions.intents().withdraw(intent)).doesNotThrowAnyException();
            assertThatCode(() -> database.repositories().jobs().remove(JobId.random()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void fullDisk_allowsHeartbeats() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(mountPoint, SIZE);
                WorkerDatabase database = open(disk)) {
            Leases leases = database.repositories().leases();
            leases.beat(NOW, NOW.plusSeconds(20));
            disk.fill();

            for (int beat = 1; beat <= BEATS; beat++) {
                Instant now = NOW.plusSeconds(5L * beat);
                leases.beat(now, now.plusSeconds(20));
            }

            assertThat(leases.alive(NOW.plusSeconds(5L * BEATS))).contains(process);
        }
    }

    @Test
    void database_isAccessibleOnlyToItsOwner() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(mountPoint, SIZE);
                WorkerDatabase database = open(disk)) {
            database.repositories().leases().beat(NOW, NOW.plusSeconds(20));

            for (String name : new String[] {"worker.db", "worker.db-wal", "worker.db-shm", "disk.reserve"}) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(disk.folder().resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    private WorkerDatabase open(TinyDisk disk) {
        return WorkerDatabase.open(disk.folder().resolve("worker.db"), process);
    }
}
