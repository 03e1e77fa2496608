package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.session.ProcessId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of many threads at once. */
@Timeout(60)
final class SharedCommitsTest {

    private static final int CHANGES = 400;
    private static final int THREADS = 100;

    @TempDir
    private Path folder;

    private WorkerDatabase database;

    @BeforeEach
    void open() {
        database = WorkerDatabase.open(folder.resolve("worker.db"), ProcessId.random());
        int unused = database.write(handle -> handle.execute("CREATE TABLE thing (number INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void changeThatFails_undoesNothingButItself() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            int number = i;
            changes.add(threads.submit(() -> change(number)));
        }
        for (int i = 0; i < CHANGES; i++) {
            Future<Integer> change = changes.get(i);
            if (i % 3 == 0) {
                assertThatThrownBy(change::get).isInstanceOf(ExecutionException.class);
            } else {
                assertThat(change).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(i);
            }
        }
        threads.shutdownNow();

        List<Integer> stored = database.read(handle ->
                handle.select("SELECT number FROM thing").mapTo(Integer.class).list());
        assertThat(stored).hasSize(CHANGES - (CHANGES + 2) / 3).noneMatch(number -> number % 3 == 0);
    }

    @Test
    void failure_isTheChangesOwn() {
        assertThatThrownBy(() -> change(0)).hasRootCauseMessage("not this one");
        assertThat(change(1)).isEqualTo(1);
        assertThatThrownBy(() -> change(1)).as("it is there already").isInstanceOf(RuntimeException.class);
        assertThat(change(2)).isEqualTo(2);
    }

    private int change(int number) {
        return database.write(handle -> {
            int unused = handle.execute("INSERT INTO thing VALUES (?)", number);
            if (number % 3 == 0) {
                throw new IllegalStateException("not this one");
            }
            return number;
        });
    }
}
