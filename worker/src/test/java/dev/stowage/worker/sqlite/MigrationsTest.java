package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.session.ProcessId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationsTest {

    @TempDir
    Path folder;

    @Test
    void database_ofANewerVersion_isRefused_andLeftAsItIs() {
        try (WorkerDatabase database = open()) {
            int unused = database.write(handle -> handle.execute("INSERT INTO schema_history (installed_rank, version,"
                    + " description, type, script, installed_by, execution_time, success)"
                    + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, 1)"));
        }

        assertThatThrownBy(this::open).isInstanceOf(StorageRejected.class).hasMessageContaining("schema 99");
    }

    @Test
    void database_openedByManyAtOnce_isMadeOnce() throws Exception {
        Callable<Integer> tables = () -> {
            try (WorkerDatabase database = open()) {
                return database.read(handle -> handle.select("SELECT count(*) FROM schema_history WHERE type = 'SQL'")
                        .mapTo(Integer.class)
                        .one());
            }
        };
        ExecutorService processes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> opened =
                    processes.invokeAll(Stream.generate(() -> tables).limit(4).toList(), 60, TimeUnit.SECONDS);
            int first = opened.get(0).get();
            assertThat(first).isPositive();
            for (Future<Integer> other : opened) {
                assertThat(other.get()).isEqualTo(first);
            }
        } finally {
            processes.shutdownNow();
        }
    }

    private WorkerDatabase open() {
        return WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
    }
}
