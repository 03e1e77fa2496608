package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.testkit.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LostConnectionTest {

    private static final Map<String, String> FEW_CONNECTIONS = Map.of("DATABASE_POOL_SIZE", "2");

    @Test
    void write_cutBeforeTheStatement_isRunAgain_andMadeOnce() {
        throughProxy((database, proxy) -> {
            AtomicInteger runs = new AtomicInteger();
            proxy.cutBefore("INSERT INTO note");

            insert(database, 1, runs);

            assertThat(proxy.hasCut()).isTrue();
            assertThat(runs).hasValue(2);
            assertThat(ids(database)).containsExactly(1);
        });
    }

    @Test
    void write_cutAfterTheStatement_isRunAgain_andMadeOnce() {
        throughProxy((database, proxy) -> {
            AtomicInteger runs = new AtomicInteger();
            proxy.cutAfter("INSERT INTO note");

            insert(database, 1, runs);

            assertThat(proxy.hasCut()).isTrue();
            assertThat(runs).hasValue(2);
            assertThat(ids(database)).containsExactly(1);
        });
    }

    @Test
    void write_cutBeforeTheServerGetsCommit_hasUnknownOutcome_andIsNotRunAgain() {
        throughProxy((database, proxy) -> {
            AtomicInteger runs = new AtomicInteger();
            proxy.cutBefore("COMMIT");

            assertUnknown(() -> insert(database, 1, runs));

            assertThat(proxy.hasCut()).isTrue();
            assertThat(runs).hasValue(1);
            assertThat(ids(database)).isEmpty();
            insert(database, 2, runs);
            assertThat(ids(database)).containsExactly(2);
        });
    }

    @Test
    void write_cutBeforeTheClientGetsTheAnswerToCommit_hasUnknownOutcome_andIsNotRunAgain() {
        throughProxy((database, proxy) -> {
            AtomicInteger runs = new AtomicInteger();
            proxy.cutAfter("COMMIT");

            assertUnknown(() -> insert(database, 1, runs));

            assertThat(proxy.hasCut()).isTrue();
            assertThat(runs).hasValue(1);
            assertThat(ids(database)).containsExactly(1);
        });
    }

    @Test
    void read_cut_isRunAgain() {
        throughProxy((database, proxy) -> {
            proxy.cutAfter("SELECT id FROM note");

            assertThat(ids(database)).isEmpty();

            assertThat(proxy.hasCut()).isTrue();
        });
    }

    @Test
    void write_serverEndsTheSession_isRunAgain() {
        PostgresServer server = PostgresServer.shared();
        try (PostgresDatabase database = open(TestConfigs.migrated())) {
            AtomicInteger runs = new AtomicInteger();

            database.write(handle -> {
                int pid = handle.createQuery("SELECT pg_backend_pid()")
                        .mapTo(Integer.class)
                        .one();
                if (runs.incrementAndGet() < 3) {
                    server.execute("postgres", "SELECT pg_terminate_backend(" + pid + ")");
                }
                return handle.execute("INSERT INTO note VALUES (1)");
            });

            assertThat(runs).hasValue(3);
            assertThat(ids(database)).containsExactly(1);
        }
    }

    @Test
    void unreachableServer_isWaitedForOnce_thenCallsFailSoon_untilItIsBack() {
        PostgresServer server = PostgresServer.shared();
        String url = TestConfigs.migrated();
        // The pool doubles its pause after each refused connection, so after 1.5 s the next attempt is a second later.
        Retries retries = new Retries(100, Duration.ofSeconds(4), Duration.ofMillis(20), Duration.ofMillis(200));
        try (CutProxy proxy = new CutProxy(server.port());
                PostgresDatabase database = PostgresDatabase.open(
                        TestConfigs.of(url.replace(":" + server.port(), ":" + proxy.port()), FEW_CONNECTIONS),
                        retries)) {
            proxy.refuse();

            assertThat(refused(database)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
            assertThat(refused(database)).isLessThan(Duration.ofSeconds(2));
            assertThat(refused(database)).isLessThan(Duration.ofSeconds(2));

            proxy.accept();
            awaitAnswer(database);

            proxy.refuse();
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> answer(database));
            // Longer than the wait for a server that is known to be unreachable.
            assertThat(waiting).failsWithin(Duration.ofMillis(1500)).withThrowableOfType(TimeoutException.class);
            proxy.accept();
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(1);
        }
    }

    private static int answer(PostgresDatabase database) {
        return database.read(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    /** Returns how long it took until a query failed. */
    private static Duration refused(PostgresDatabase database) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> answer(database)).isInstanceOf(StorageUnavailable.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void awaitAnswer(PostgresDatabase database) {
        while (true) {
            try {
                assertThat(answer(database)).isEqualTo(1);
                return;
            } catch (StorageUnavailable away) {
                // The pool connects at intervals of up to a few seconds.
            }
        }
    }

    /** While the server is killed and started again, threads insert rows, each with a number of its own. */
    @Test
    void serverKilled_whatWasAcknowledgedIsThere_whatFailedIsNot() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (PostgresServer server = PostgresServer.start();
                PostgresDatabase database = PostgresDatabase.open(TestConfigs.of(server.newDatabase()))) {
            database.write(handle -> handle.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)"));
            Set<Integer> made = ConcurrentHashMap.newKeySet();
            Set<Integer> unknown = ConcurrentHashMap.newKeySet();
            Set<Integer> failed = ConcurrentHashMap.newKeySet();
            AtomicInteger next = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            Callable<Integer> writer = () -> {
                while (!enough.get()) {
                    int id = next.incrementAndGet();
                    try {
                        database.write(handle -> handle.execute("INSERT INTO note VALUES (?)", id));
                        made.add(id);
                    } catch (StorageUnavailable e) {
                        (e.isOutcomeUnknown() ? unknown : failed).add(id);
                    }
                }
                return 0;
            };
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(writer));
            }
            awaitMore(made, 200);
            server.kill();
            server.restart();
            awaitMore(made, 200);
            enough.set(true);
            for (Future<Integer> each : writers) {
                each.get();
            }

            Set<Integer> there = Set.copyOf(ids(database));
            assertThat(there).containsAll(made);
            assertThat(Collections.disjoint(there, failed)).isTrue();
            assertThat(there.size()).isLessThanOrEqualTo(made.size() + unknown.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitMore(Set<Integer> made, int more) throws InterruptedException {
        int enough = made.size() + more;
        while (made.size() < enough) {
            Thread.sleep(5);
        }
    }

    private interface Scenario {
        void run(PostgresDatabase database, CutProxy proxy);
    }

    private static void throughProxy(Scenario scenario) {
        PostgresServer server = PostgresServer.shared();
        String url = TestConfigs.migrated();
        try (CutProxy proxy = new CutProxy(server.port());
                PostgresDatabase database = open(url.replace(":" + server.port(), ":" + proxy.port())
                        // So that the text of each statement is sent.
                        + "?prepareThreshold=0")) {
            scenario.run(database, proxy);
        }
    }

    private static PostgresDatabase open(String url) {
        PostgresDatabase database = PostgresDatabase.open(TestConfigs.of(url, FEW_CONNECTIONS));
        database.write(handle -> handle.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)"));
        return database;
    }

    private static void insert(PostgresDatabase database, int id, AtomicInteger runs) {
        database.write(handle -> {
            runs.incrementAndGet();
            return handle.execute("INSERT INTO note VALUES (?)", id);
        });
    }

    private static void assertUnknown(Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        StorageUnavailable.class,
                        e -> assertThat(e.isOutcomeUnknown()).isTrue());
    }

    private static List<Integer> ids(PostgresDatabase database) {
        return database.read(handle ->
                handle.createQuery("SELECT id FROM note").mapTo(Integer.class).list());
    }
}
