package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {

    private static Notes notes;
    private static PostgresDatabase database;

    @BeforeAll
    static void open() {
        notes = Notes.open();
        database = notes.database();
    }

    @AfterAll
    static void close() {
        if (notes != null) {
            notes.close();
        }
    }

    @AfterEach
    void clear() {
        notes.clear();
    }

    @Test
    void write_storageExceptionWithDatabaseCause_isNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.write(handle -> {
                    runs.incrementAndGet();
                    try {
                        return Notes.raise(handle, "40001");
                    } catch (RuntimeException e) {
                        throw new StorageUnavailable("its own", e);
                    }
                }))
                .hasMessage("its own");

        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57P01", "08006", "25006"})
    void write_transientFailure_isRunAgain_andMadeOnce(String state) {
        AtomicInteger runs = new AtomicInteger();

        database.write(handle -> {
            Notes.insert(handle, 1, "run " + runs.incrementAndGet());
            return runs.get() < 3 ? Notes.raise(handle, state) : 0;
        });

        assertThat(notes.texts()).containsExactly("run 3");
    }

    @Test
    void write_serverIsNoPrimaryAnyMore_isRunAgainOnAnotherConnection() {
        List<Integer> servers = new ArrayList<>();

        database.write(handle -> {
            servers.add(handle.createQuery("SELECT pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one());
            if (servers.size() == 1) {
                handle.execute("SET TRANSACTION READ ONLY");
            }
            return Notes.insert(handle, 1, "a");
        });

        assertThat(servers).hasSize(2).doesNotHaveDuplicates();
        assertThat(notes.texts()).containsExactly("a");
    }

    @Test
    void write_transientFailureThatStays_endsAfterTheLastAttempt() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.write(handle -> {
                    runs.incrementAndGet();
                    return Notes.raise(handle, "40001");
                }))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessage("The database does not respond in time");

        assertThat(runs).hasValue(3);
    }

    @Test
    void write_otherFailure_isNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.write(handle -> {
                    runs.incrementAndGet();
                    return handle.execute("SELECT * FROM no_such_table");
                }))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessage("The database does not respond as expected");

        assertThat(runs).hasValue(1);
    }

    @Test
    void add_fullDisk_isStorageFull() {
        assertThatThrownBy(() -> database.add(handle -> Notes.raise(handle, "53100")))
                .isInstanceOf(StorageFull.class);
    }

    @Test
    void write_missingPermission_isRejected() {
        assertThatThrownBy(() -> database.write(handle -> Notes.raise(handle, "42501")))
                .isInstanceOf(StorageRejected.class);
    }

    @Test
    void write_deadlock_isRunAgain_andBothChangesAreMade() throws Exception {
        notes.put(1, "a");
        notes.put(2, "b");
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> changes = threads.invokeAll(
                    List.of(() -> lockBoth(1, 2, bothHoldOne, runs), () -> lockBoth(2, 1, bothHoldOne, runs)));
            for (Future<Integer> change : changes) {
                change.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(runs.get()).isGreaterThan(2);
        assertThat(notes.texts()).containsExactly("axx", "bxx");
    }

    private static int lockBoth(int first, int second, CyclicBarrier bothHoldOne, AtomicInteger runs) {
        return database.write(handle -> {
            int run = runs.incrementAndGet();
            Notes.append(handle, first);
            if (run <= 2) {
                await(bothHoldOne);
            }
            return Notes.append(handle, second);
        });
    }

    @Test
    void write_failureAtCommit_isRunAgain() {
        PostgresServer.shared()
                .execute(
                        TestConfigs.name(notes.url()),
                        "CREATE TABLE late (id INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                        "CREATE SEQUENCE tries",
                        "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN"
                                + " IF nextval('tries') < 3 THEN RAISE EXCEPTION USING ERRCODE = '40001'; END IF; RETURN NULL; END $$",
                        "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED"
                                + " FOR EACH ROW EXECUTE FUNCTION refuse()");
        AtomicInteger runs = new AtomicInteger();

        database.write(handle -> {
            runs.incrementAndGet();
            return handle.execute("INSERT INTO late VALUES (1)");
        });

        assertThat(runs).hasValue(3);
        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO late VALUES (1)")))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessage("The database does not respond as expected");
    }

    @Test
    void write_warningAtCommit_hasUnknownOutcome() {
        PostgresServer.shared()
                .execute(
                        TestConfigs.name(notes.url()),
                        "CREATE TABLE unconfirmed (id INTEGER)",
                        "CREATE FUNCTION warn() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL; END $$",
                        "CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON unconfirmed DEFERRABLE INITIALLY DEFERRED"
                                + " FOR EACH ROW EXECUTE FUNCTION warn()");

        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO unconfirmed VALUES (1)")))
                .isInstanceOfSatisfying(
                        StorageUnavailable.class,
                        e -> assertThat(e.isOutcomeUnknown()).isTrue());
    }

    @Test
    void write_swallowedFailure_isNotTakenForSuccess() {
        assertThatThrownBy(() -> database.write(handle -> {
                    Notes.insert(handle, 1, "a");
                    try {
                        Notes.raise(handle, "22000");
                    } catch (RuntimeException swallowed) {
                        return 0;
                    }
                    return 0;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ignored the failure of a statement");

        assertThat(notes.texts()).isEmpty();
    }

    @Test
    void read_slowStatement_endsInTime_andIsNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        // A pool of its own, because the limit stays with the connection. Opening the database may take longer than it.
        try (PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(notes.url()), Notes.FEW_RETRIES)) {
            assertThatThrownBy(() -> other.read(handle -> {
                        runs.incrementAndGet();
                        int unused = handle.execute("SET statement_timeout = 50");
                        return handle.execute("SELECT pg_sleep(30)");
                    }))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The database does not respond in time");
        }

        assertThat(runs).hasValue(1);
    }

    @Test
    void write_lockedRow_endsInTime() throws Exception {
        notes.put(1, "a");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService holder = Executors.newSingleThreadExecutor();
        try (PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(notes.url()), Notes.FEW_RETRIES)) {
            Future<Integer> holding = holder.submit(() -> database.write(handle -> {
                int changed = Notes.append(handle, 1);
                locked.countDown();
                await(done);
                return changed;
            }));
            locked.await();

            assertThatThrownBy(() -> other.write(handle -> {
                        int unused = handle.execute("SET LOCAL lock_timeout = 20");
                        return Notes.append(handle, 1);
                    }))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The database does not respond in time");

            done.countDown();
            holding.get(10, TimeUnit.SECONDS);
        } finally {
            done.countDown();
            holder.shutdownNow();
        }
        assertThat(notes.texts()).containsExactly("ax");
    }

    @Test
    void write_interruptDuringAttempt_isNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        try {
            assertThatThrownBy(() -> database.write(handle -> {
                        runs.incrementAndGet();
                        Thread.currentThread().interrupt();
                        return Notes.raise(handle, "40001");
                    }))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The operation was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void read_afterTheSchemaWasExpanded_isRunAgain() {
        PostgresServer.shared()
                .execute(TestConfigs.name(notes.url()), "CREATE TABLE wide (a INTEGER)", "INSERT INTO wide VALUES (1)");
        try (PostgresDatabase other = PostgresDatabase.open(
                TestConfigs.of(notes.url(), Map.of("DATABASE_POOL_SIZE", "2")), Notes.FEW_RETRIES)) {
            for (int i = 0; i < 20; i++) {
                wide(other);
            }
            PostgresServer.shared()
                    .execute(TestConfigs.name(notes.url()), "ALTER TABLE wide ADD COLUMN b INTEGER NOT NULL DEFAULT 0");

            assertThat(wide(other)).hasSize(2);
        }
    }

    private static Map<String, Object> wide(PostgresDatabase other) {
        return other.write(
                handle -> handle.createQuery("SELECT * FROM wide").mapToMap().one());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
