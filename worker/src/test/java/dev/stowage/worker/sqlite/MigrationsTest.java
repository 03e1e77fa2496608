package dev.stowage.worker.sqlite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.BatchJobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationsTest {

    @TempDir
    Path folder;

    @Test
    void database_ofANewerVersion_isRefused_andUnchanged() {
        try (WorkerDatabase database = open()) {
            int unused = database.write(handle -> handle.execute("PRAGMA user_version = 99"));
        }

        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class).hasMessageContaining("schema 99");
    }

    @Test
    void database_openedConcurrently_isCreatedOnce() throws Exception {
        Callable<Integer> version = () -> {
            try (WorkerDatabase database = open()) {
                return database.read(handle -> handle.select("PRAGMA user_version")
                        .mapTo(Integer.class)
                        .one());
            }
        };
        ExecutorService processes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> opened =
                    processes.invokeAll(Stream.generate(() -> version).limit(4).toList(), 60, TimeUnit.SECONDS);
            int first = opened.get(0).get();
            assertThat(first).isPositive();
            for (Future<Integer> other : opened) {
                assertThat(other.get()).isEqualTo(first);
            }
        } finally {
            processes.shutdownNow();
        }
    }

    @Test
    void scripts_areAllRun_inTheOrderOfTheirNumbers() throws Exception {
        Path scripts = Path.of(requireNonNull(WorkerDatabase.class.getResource("/db/migration/worker"))
                .toURI());
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(WorkerDatabase.SCRIPTS);
        }
        List<Integer> numbers = WorkerDatabase.SCRIPTS.stream()
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void items_ofAnEarlierVersion_areKept() {
        Path file = folder.resolve("worker.db");
        WorkerDatabase.open(file, ProcessId.random(), 5).close();
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            // The state left by versions that used Flyway.
            handle.execute("PRAGMA user_version = 0");
            handle.execute("CREATE TABLE schema_history (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50),"
                    + " description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL,"
                    + " checksum INT, installed_by VARCHAR(100) NOT NULL,"
                    + " installed_on TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),"
                    + " execution_time INT NOT NULL, success BOOLEAN NOT NULL)");
            handle.execute("INSERT INTO schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success)"
                    + " VALUES (5, '5', 'resumable uploads', 'SQL', 'V5__resumable_uploads.sql', '', 1, 1)");
            handle.execute("INSERT INTO batch_job (id, operation, source_kind, source, source_count, dry_run,"
                    + " stop_on_error, max_attempts, concurrency, priority, state, version, created_at, total_final, total,"
                    + " claimed) VALUES ('j', 'delete', 'KEYS', 'a', 1, 0, 0, 5, 8, 0, 'RUNNING', 1, 1, 1, 2, 1)");
            handle.execute("INSERT INTO job_item (job, number, key, state, attempts) VALUES (1, 1, 'a', 3, 1)");
            handle.execute("INSERT INTO job_item (job, number, key, state) VALUES (1, 2, 'b', 0)");
        });

        try (WorkerDatabase database = open()) {
            BatchJobs jobs = database.repositories().jobs();
            JobId id = new JobId("j");
            assertThat(jobs.items(id, Optional.of(ItemState.SUCCEEDED), 10, 0).items())
                    .extracting(ItemRecord::key)
                    .containsExactly("a");
            assertThat(jobs.open(Optional.empty(), 10, 10, Instant.EPOCH).items())
                    .hasSize(1);
            assertThat(jobs.claim(id, 10, Instant.EPOCH).orElseThrow().items())
                    .extracting(item -> item.key().value())
                    .containsExactly("b");
        }
    }

    private WorkerDatabase open() {
        return WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
    }
}
