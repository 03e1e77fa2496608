package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.upload.UploadMaintenance;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The speed of queries with a hundred thousand open uploads. */
final class ManySessionsTest {

    private static final int SESSIONS = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void pagesAndPasses_overManySessions_stayUnderASecond() {
        try (WorkerDatabase database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random())) {
            fill(database);
            UploadSessions sessions = database.repositories().sessions();
            InMemoryStorage storage = new InMemoryStorage();
            KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
            Duration day = Duration.ofHours(24);
            UploadMaintenance maintenance = new UploadMaintenance(
                    storage,
                    sessions,
                    database.repositories().leases(),
                    layout,
                    new AccessPolicy(layout, AuditLog.NONE),
                    new UploadMaintenance.Retention(day, day, day),
                    clock);
            Page<UploadProgress, SessionPosition> first =
                    sessions.list(Optional.empty(), KeyPrefix.ALL, 1000, Optional.empty());
            Optional<SessionPosition> middle = sessions.list(
                            Optional.empty(), new KeyPrefix("raw/p/050"), 1, Optional.empty())
                    .next();

            assertThat(first.items()).hasSize(1000);
            assertQuick(() -> assertThat(sessions.list(Optional.empty(), KeyPrefix.ALL, 1000, middle)
                            .items())
                    .hasSize(1000)
                    .allMatch(upload -> upload.parts() == 3));
            assertQuick(() -> assertThat(maintenance.expire()).isEqualTo(new Freed(0, 0)));
            assertQuick(() -> assertThat(maintenance.resume(clock.instant())).isZero());
            assertQuick(() -> assertThat(sessions.prune(clock.instant(), 500)).isZero());
        }
    }

    private void fill(WorkerDatabase database) {
        long now = clock.instant().toEpochMilli();
        int unused = database.write(handle -> {
            String numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + (SESSIONS - 1) + ") ";
            handle.execute(
                    "INSERT INTO upload_session (id, key, layout_values, content_type, metadata, state, version, initiated_at,"
                            + " active_at) " + numbers
                            + "SELECT printf('u%06d', i), printf('raw/p/%06d', i), '', 'text/plain', '',"
                            + " 'OPEN', 1, " + now + ", " + now + " FROM n");
            return handle.execute("INSERT INTO upload_part (session_id, number, size, etag, stored_at) " + numbers
                    + "SELECT printf('u%06d', i), part.value, 5242880, 'd41d8cd98f00b204e9800998ecf8427e', " + now
                    + " FROM n JOIN (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3) part");
        });
    }

    private static void assertQuick(Runnable work) {
        long start = System.nanoTime();
        work.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }
}
