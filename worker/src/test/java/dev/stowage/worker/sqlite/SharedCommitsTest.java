package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.session.ProcessId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
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

    @Test
    void change_thatAnotherThreadIsStuckWith_isWaitedForABoundedTime_andToldAsUnknown() throws Exception {
        Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + folder.resolve("other.db"));
        CountDownLatch stuck = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (HandlePool writer = new HandlePool(jdbi, 1, Duration.ofSeconds(2))) {
            SharedCommits commits = new SharedCommits(writer, Duration.ofMillis(50));
            List<Future<Boolean>> changes = writer.lend(handle -> queueTwo(threads, commits, stuck));

            assertThatThrownBy(() -> changes.get(1).get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(CommitUnknown.class);
            stuck.countDown();
            assertThat(changes.get(0)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        } finally {
            stuck.countDown();
            threads.shutdownNow();
        }
    }

    /** Two changes for one transaction, of which the first is stuck. */
    private static List<Future<Boolean>> queueTwo(
            ExecutorService threads, SharedCommits commits, CountDownLatch stuck) {
        Future<Boolean> first = threads.submit(() -> commits.write(handle -> awaited(stuck)));
        awaitSize(commits, 1);
        Future<Boolean> second = threads.submit(() -> commits.write(handle -> true));
        awaitSize(commits, 2);
        return List.of(first, second);
    }

    private static void awaitSize(SharedCommits commits, int size) {
        while (commits.waiting() < size) {
            Thread.onSpinWait();
        }
    }

    @Test
    void commit_thatFails_isToldAsUnknown() {
        // A deferred constraint is checked by the commit itself.
        int unused = database.write(handle -> handle.execute(
                "CREATE TABLE child (number INTEGER" + " REFERENCES thing (number) DEFERRABLE INITIALLY DEFERRED)"));

        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO child VALUES (7)")))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("may have been made or not")
                .hasCauseInstanceOf(CommitUnknown.class);
        assertThat(change(8)).isEqualTo(8);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
