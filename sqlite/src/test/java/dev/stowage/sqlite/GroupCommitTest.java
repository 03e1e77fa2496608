package dev.stowage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The isolation of changes that share a transaction. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class GroupCommitTest {

    @TempDir
    private Path folder;

    @Test
    void stuckWrite_hasUnknownOutcome_andALaterOneIsNotMade() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + folder.resolve("stuck.db"));
        try (GroupCommit writer = new GroupCommit("test", jdbi::open, TestDatabase.config(() -> {}, List.of()))) {
            Future<Boolean> stuck = start(() -> writer.write(handle -> hold(busy, goOn), Duration.ofMillis(500)));
            busy.await();

            assertThatThrownBy(() -> writer.write(handle -> true, Duration.ofMillis(20)))
                    .isInstanceOfSatisfying(
                            StorageUnavailable.class,
                            e -> assertThat(e.isOutcomeUnknown()).isFalse());
            assertThatThrownBy(stuck::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            StorageUnavailable.class,
                            e -> assertThat(e.isOutcomeUnknown()).isTrue())
                    .hasMessageContaining("may or may not have been made");
            goOn.countDown();
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void waitingWrites_shareOneCommit_andOneRefusalDoesNotAffectOthers() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), commits::incrementAndGet)) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<Boolean> first = start(() -> database.write(handle -> hold(busy, goOn)));
            busy.await();
            List<FutureTask<Long>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                boolean refused = i == 3;
                waiting.add(new FutureTask<>(() -> database.write(handle -> createOrRefuse(handle, refused))));
                Thread thread = new Thread(waiting.get(i));
                thread.start();
                while (thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            goOn.countDown();
            first.get();

            assertThatThrownBy(waiting.remove(3)::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Conflict.class);
            for (Future<Long> other : waiting) {
                assertThat(other.get()).isPositive();
            }
            assertThat(TestDatabase.count(database)).isEqualTo(9);
            assertThat(commits).hasValue(2);
        }
    }

    @Test
    void write_whenTheBarrierFails_changesNothing_andLaterWritesSucceed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Runnable barrier = () -> {
            if (broken.get()) {
                throw new StorageFull(new IllegalStateException("no room"));
            }
        };
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), barrier)) {
            assertThatThrownBy(() -> database.write(TestDatabase::add)).isInstanceOf(StorageFull.class);
            assertThat(TestDatabase.count(database)).isZero();

            broken.set(false);
            database.write(TestDatabase::add);
            assertThat(TestDatabase.count(database)).isEqualTo(1);
        }
    }

    @Test
    void write_whenTheDatabaseIsFull_fails_andLaterWritesSucceed() {
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), () -> {})) {
            assertThatThrownBy(() -> database.write(GroupCommitTest::fill)).isInstanceOf(StorageFull.class);

            database.write(TestDatabase::add);
            assertThat(TestDatabase.count(database)).isEqualTo(1);
        }
    }

    @Test
    void defectiveWrite_failsAlone() {
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), () -> {})) {
            assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO nowhere VALUES (1)")))
                    .isInstanceOf(StorageUnavailable.class);

            database.write(TestDatabase::add);
            assertThat(TestDatabase.count(database)).isEqualTo(1);
        }
    }

    @Test
    void write_interruptedBeforeItsTurn_isNeverMade() throws Exception {
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), () -> {})) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<Boolean> first = start(() -> database.write(handle -> hold(busy, goOn)));
            busy.await();
            Future<Boolean> task = start(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> database.write(TestDatabase::add))
                        .isInstanceOf(StorageUnavailable.class)
                        .hasCauseInstanceOf(InterruptedException.class);
                return Thread.currentThread().isInterrupted();
            });
            assertThat(task.get()).isTrue();
            goOn.countDown();
            first.get();

            database.write(TestDatabase::add);
            assertThat(TestDatabase.count(database)).isEqualTo(1);
        }
    }

    @Test
    void writeLater_isMadeWithTheNextChange_orOnClosing() {
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), () -> {})) {
            database.writeLater(TestDatabase::add);
            database.write(TestDatabase::add);
            assertThat(TestDatabase.count(database)).isEqualTo(2);
            database.writeLater(TestDatabase::add);
        }
        try (SqliteDatabase database = TestDatabase.open(folder.resolve("test.db"), () -> {})) {
            assertThat(TestDatabase.count(database)).isEqualTo(3);
        }
    }

    private static boolean hold(CountDownLatch busy, CountDownLatch goOn) {
        busy.countDown();
        try {
            return goOn.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Exceeds the maximum size of the database, which SQLite reports like a full disk. */
    private static int fill(Handle handle) {
        int pages = handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one();
        handle.createQuery("PRAGMA max_page_count = " + pages)
                .mapTo(Integer.class)
                .one();
        return handle.execute("CREATE TABLE large AS SELECT hex(randomblob(3000000))");
    }

    private static long createOrRefuse(Handle handle, boolean refused) {
        long id = TestDatabase.add(handle);
        if (refused) {
            throw new Conflict("no");
        }
        return id;
    }

    private static <T> Future<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task;
    }
}
