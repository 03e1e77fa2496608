package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent changes. */
@Timeout(60)
final class SharedChangesTest {

    private static final int CHANGES = 400;
    private static final int THREADS = 100;

    @TempDir
    private Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.open(folder.resolve("test.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void failedChange_undoesOnlyItself() throws InterruptedException {
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
    void failure_isThatOfTheChange() {
        assertThatThrownBy(() -> change(0)).hasRootCauseMessage("not this one");
        assertThat(change(1)).isEqualTo(1);
        assertThatThrownBy(() -> change(1)).as("duplicate").isInstanceOf(RuntimeException.class);
        assertThat(change(2)).isEqualTo(2);
    }

    @Test
    void changeInAStuckCommit_isWaitedForABoundedTime_andHasUnknownOutcome() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch before = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Boolean> running = threads.submit(() -> database.write(handle -> {
                begun.countDown();
                return awaited(before);
            }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            Future<Boolean> first = queue(threads, () -> database.write(handle -> awaited(stuck)));
            Future<Boolean> second = queue(threads, () -> database.write(handle -> true, Duration.ofSeconds(1)));
            before.countDown();

            assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            StorageUnavailable.class,
                            e -> assertThat(e.isOutcomeUnknown()).isTrue())
                    .hasMessageContaining("may or may not have been made");
            stuck.countDown();
            assertThat(running).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
            assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        } finally {
            before.countDown();
            stuck.countDown();
            threads.shutdownNow();
        }
    }

    /** Returns when the change is queued. */
    private static Future<Boolean> queue(ExecutorService threads, Callable<Boolean> change)
            throws InterruptedException {
        AtomicReference<Thread> caller = new AtomicReference<>();
        Future<Boolean> outcome = threads.submit(() -> {
            caller.set(Thread.currentThread());
            return change.call();
        });
        while (caller.get() == null || caller.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    @Test
    void failedCommit_hasUnknownOutcome() {
        // A deferred constraint is checked by the commit itself.
        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO child VALUES (7)")))
                .isInstanceOfSatisfying(
                        StorageUnavailable.class,
                        e -> assertThat(e.isOutcomeUnknown()).isTrue())
                .hasMessageContaining("may or may not have been made");
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
