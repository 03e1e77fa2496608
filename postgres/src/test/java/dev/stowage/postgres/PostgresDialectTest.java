package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresDialectTest {

    private static PostgresDatabase database;

    @BeforeAll
    static void open() {
        database = PostgresDatabase.open(TestConfigs.of(TestConfigs.migrated()));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void stripes_areTheRowsOfTheirTable() {
        int rows =
                number("SELECT count(*) FROM lock_stripe WHERE number BETWEEN 0 AND " + (PostgresDialect.STRIPES - 1));

        assertThat(rows).isEqualTo(PostgresDialect.STRIPES);
        assertThat(IntStream.range(0, 10_000)
                        .map(i -> PostgresDialect.stripe("usage of raw/p/" + i))
                        .distinct()
                        .count())
                .isGreaterThan(6_000);
    }

    @Test
    void lock_sameName_waits_otherName_doesNot() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> first = threads.submit(() -> database.write(handle -> {
                lock(handle, "a", "b", "a");
                locked.countDown();
                await(release);
                return 1;
            }));
            assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
            Future<Integer> same = threads.submit(() -> database.write(handle -> lock(handle, "b")));

            assertThat(database.<Integer>write(handle -> lock(handle, "c"))).isEqualTo(1);
            assertThat(database.<Integer>write(handle -> lock(handle))).isEqualTo(1);
            awaitAWaitingTransaction();
            assertThat(same.isDone()).isFalse();

            release.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(same.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void numbers_areThoseOfTheArray() {
        List<Long> found = database.read(handle -> handle.createQuery("SELECT number FROM lock_stripe WHERE number IN "
                        + PostgresDialect.INSTANCE.numbers("ids") + " ORDER BY number")
                .bind("ids", "[3,1,99999999999]")
                .mapTo(Long.class)
                .list());

        assertThat(found).containsExactly(1L, 3L);
    }

    @Test
    void intentIds_areNewAndAscending() {
        List<Long> first = database.write(handle -> PostgresDialect.INSTANCE.intentIds(handle, 3));
        List<Long> second = database.write(handle -> PostgresDialect.INSTANCE.intentIds(handle, 1));

        assertThat(first).hasSize(3).isSorted().doesNotHaveDuplicates();
        assertThat(second.get(0)).isGreaterThan(first.get(2));
    }

    private static int lock(Handle handle, String... names) {
        PostgresDialect.INSTANCE.lock(handle, List.of(names));
        return 1;
    }

    private static void awaitAWaitingTransaction() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private static int number(String query) {
        return database.read(
                handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
