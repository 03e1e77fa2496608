package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.testkit.postgres.PostgresServer;
import java.time.Duration;
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
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDatabaseTest {

    private static final Retries FEW =
            new Retries(3, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMillis(4));

    private static PostgresServer server;
    private static String url;
    private static PostgresDatabase database;

    @BeforeAll
    static void open() {
        server = PostgresServer.shared();
        url = TestConfigs.migrated();
        database = PostgresDatabase.open(TestConfigs.of(url), false, FEW);
        database.write(handle ->
                handle.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT COLLATE \"C\", flag SMALLINT)"));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @AfterEach
    void clear() {
        database.write(handle -> handle.execute("DELETE FROM note"));
    }

    @Test
    void write_thenRead_sees() {
        put(1, "a");

        assertThat(texts()).containsExactly("a");
    }

    @Test
    void write_exceptionOfTheChange_passesUnchanged_andUndoesIt() {
        StorageRejected reason = new StorageRejected("its own", null);

        assertThatThrownBy(() -> database.write(handle -> {
                    insert(handle, 1, "a");
                    throw reason;
                }))
                .isSameAs(reason);
        assertThatThrownBy(() -> database.write(handle -> {
                    insert(handle, 1, "a");
                    throw ClaimLost.leaseExpired();
                }))
                .isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> database.write(handle -> {
                    insert(handle, 1, "a");
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake");

        assertThat(texts()).isEmpty();
    }

    @Test
    void write_storageExceptionWithDatabaseCause_isNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.write(handle -> {
                    runs.incrementAndGet();
                    try {
                        return raise(handle, "40001");
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
            insert(handle, 1, "run " + runs.incrementAndGet());
            return runs.get() < 3 ? raise(handle, state) : 0;
        });

        assertThat(texts()).containsExactly("run 3");
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
            return insert(handle, 1, "a");
        });

        assertThat(servers).hasSize(2).doesNotHaveDuplicates();
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void open_serverThatIsNoPrimary_isUnavailable() {
        String standby = server.newDatabase();
        server.execute("postgres", "ALTER DATABASE " + name(standby) + " SET default_transaction_read_only = on");

        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(standby), true))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("primary");
    }

    @Test
    void write_transientFailureThatStays_endsAfterTheLastAttempt() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.write(handle -> {
                    runs.incrementAndGet();
                    return raise(handle, "40001");
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
        assertThatThrownBy(() -> database.add(handle -> raise(handle, "53100"))).isInstanceOf(StorageFull.class);
    }

    @Test
    void write_missingPermission_isRejected() {
        assertThatThrownBy(() -> database.write(handle -> raise(handle, "42501")))
                .isInstanceOf(StorageRejected.class);
    }

    @Test
    void write_deadlock_isRunAgain_andBothChangesAreMade() throws Exception {
        put(1, "a");
        put(2, "b");
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
        assertThat(texts()).containsExactly("axx", "bxx");
    }

    private static int lockBoth(int first, int second, CyclicBarrier bothHoldOne, AtomicInteger runs) {
        return database.write(handle -> {
            int run = runs.incrementAndGet();
            append(handle, first);
            if (run <= 2) {
                await(bothHoldOne);
            }
            return append(handle, second);
        });
    }

    private static int append(Handle handle, int id) {
        return handle.execute("UPDATE note SET text = text || 'x' WHERE id = ?", id);
    }

    @Test
    void write_failureAtCommit_isRunAgain() {
        server.execute(
                name(url),
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
        server.execute(
                name(url),
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
                    insert(handle, 1, "a");
                    try {
                        raise(handle, "22000");
                    } catch (RuntimeException swallowed) {
                        return 0;
                    }
                    return 0;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ignored the failure of a statement");

        assertThat(texts()).isEmpty();
    }

    @Test
    void read_slowStatement_endsInTime_andIsNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        PostgresConfig impatient = TestConfigs.of(url + "?options=-c%20statement_timeout%3D50");
        try (PostgresDatabase other = PostgresDatabase.open(impatient, false, FEW)) {
            assertThatThrownBy(() -> other.read(handle -> {
                        runs.incrementAndGet();
                        return handle.execute("SELECT pg_sleep(30)");
                    }))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The database does not respond in time");
        }

        assertThat(runs).hasValue(1);
    }

    @Test
    void write_lockedRow_endsInTime() throws Exception {
        put(1, "a");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService holder = Executors.newSingleThreadExecutor();
        PostgresConfig impatient = TestConfigs.of(url + "?options=-c%20lock_timeout%3D20");
        try (PostgresDatabase other = PostgresDatabase.open(impatient, false, FEW)) {
            Future<Integer> holding = holder.submit(() -> database.write(handle -> {
                int changed = append(handle, 1);
                locked.countDown();
                await(done);
                return changed;
            }));
            locked.await();

            assertThatThrownBy(() -> other.write(handle -> append(handle, 1)))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The database does not respond in time");

            done.countDown();
            holding.get(10, TimeUnit.SECONDS);
        } finally {
            done.countDown();
            holder.shutdownNow();
        }
        assertThat(texts()).containsExactly("ax");
    }

    @Test
    void write_interruptedThread_changesNothing_andStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> put(1, "a"))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The operation was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(texts()).isEmpty();
    }

    @Test
    void write_interruptDuringAttempt_isNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        try {
            assertThatThrownBy(() -> database.write(handle -> {
                        runs.incrementAndGet();
                        Thread.currentThread().interrupt();
                        return raise(handle, "40001");
                    }))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The operation was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void write_nul_isRefused_andTheConnectionStaysUsable() {
        assertThatThrownBy(() -> put(1, "a\0b")).isInstanceOf(StorageUnavailable.class);

        put(2, "b");
        assertThat(texts()).containsExactly("b");
    }

    @Test
    void order_isByBytes_notByTheRulesOfALanguage() {
        put(1, "b");
        put(2, "B");
        put(3, "a-b");
        put(4, "ab");
        put(5, "é");

        assertThat(texts()).containsExactly("B", "a-b", "ab", "b", "é");
        List<String> byLanguage =
                database.read(handle -> handle.createQuery("SELECT text FROM note ORDER BY text COLLATE \"default\"")
                        .mapTo(String.class)
                        .list());
        assertThat(byLanguage).as("the database's own order, which differs").isNotEqualTo(texts());
    }

    @Test
    void flags_areNumbers() {
        database.write(handle -> handle.createUpdate("INSERT INTO note (id, flag) VALUES (1, :on), (2, :off)")
                .bind("on", true)
                .bind("off", Boolean.FALSE)
                .execute());

        assertThat(flags("flag = 1")).containsExactly(true);
        assertThat(flags("flag = 0")).containsExactly(false);
    }

    @Test
    void read_afterTheSchemaWasExpanded_isRunAgain() {
        server.execute(name(url), "CREATE TABLE wide (a INTEGER)", "INSERT INTO wide VALUES (1)");
        try (PostgresDatabase other =
                PostgresDatabase.open(TestConfigs.of(url, Map.of("DATABASE_POOL_SIZE", "2")), false, FEW)) {
            for (int i = 0; i < 20; i++) {
                wide(other);
            }
            server.execute(name(url), "ALTER TABLE wide ADD COLUMN b INTEGER NOT NULL DEFAULT 0");

            assertThat(wide(other)).hasSize(2);
        }
    }

    private static Map<String, Object> wide(PostgresDatabase other) {
        return other.write(
                handle -> handle.createQuery("SELECT * FROM wide").mapToMap().one());
    }

    @Test
    void pool_countsConnections() {
        int active = database.read(handle -> database.pool().active());

        assertThat(active).isEqualTo(1);
        assertThat(database.pool().active()).isZero();
        assertThat(database.pool().waiting()).isZero();
    }

    @Test
    void close_letsAChangeFinish() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(url), false, FEW);
        try {
            Future<Integer> change = thread.submit(() -> other.write(handle -> {
                begun.countDown();
                return handle.execute("INSERT INTO note SELECT 1, pg_sleep(0.3)::text");
            }));
            begun.await();

            other.close();

            assertThat(change.get(1, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            other.close();
            thread.shutdownNow();
        }
        assertThat(texts()).hasSize(1);
        assertThatThrownBy(() -> other.read(handle -> 1))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessage("The database is closed");
    }

    @Test
    void open_wrongPassword_isRejected_withoutShowingIt() {
        PostgresConfig config =
                TestConfigs.of(server.url(name(url), "locked"), Map.of("DATABASE_PASSWORD", "terriblywrong"));

        assertThatThrownBy(() -> PostgresDatabase.open(config, false))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("password authentication failed for user \"locked\"")
                .hasMessageContaining("127.0.0.1:" + server.port())
                .satisfies(e -> {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("terriblywrong");
                    }
                });
    }

    @Test
    void open_userWithoutPermissions_isRejected() {
        PostgresConfig config =
                TestConfigs.of(server.url(name(server.newDatabase()), "locked"), Map.of("DATABASE_PASSWORD", "right"));

        assertThatThrownBy(() -> PostgresDatabase.open(config, true))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("has no tables yet, and the user may not change them; run 'stowage migrate'");
    }

    @Test
    void open_missingDatabase_isRejected() {
        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(server.url("nothere", "postgres")), true))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("nothere");
    }

    @Test
    void open_nobodyListens_isUnavailable() {
        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of("postgresql://u@127.0.0.1:1/files"), true))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("127.0.0.1:1/files");
    }

    @Test
    void open_severalHosts_findsTheOneThatIsThere() {
        String both = url.replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:");

        try (PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(both), false)) {
            assertThat(other.<Integer>read(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one()))
                    .isEqualTo(1);
        }
    }

    @Test
    void open_textNotUtf8_isRejected() {
        server.execute(
                "postgres",
                "CREATE DATABASE latin ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0");

        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(server.url("latin", "postgres")), true))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("must be UTF8");
    }

    private static void put(int id, String text) {
        database.write(handle -> insert(handle, id, text));
    }

    private static int insert(Handle handle, int id, String text) {
        return handle.execute("INSERT INTO note (id, text) VALUES (?, ?)", id, text);
    }

    private static List<String> texts() {
        return database.read(handle -> handle.createQuery("SELECT text FROM note ORDER BY text")
                .mapTo(String.class)
                .list());
    }

    private static List<Boolean> flags(String condition) {
        return database.read(handle -> handle.createQuery("SELECT flag FROM note WHERE " + condition)
                .mapTo(Boolean.class)
                .list());
    }

    /** Lets the server fail with that code. */
    private static int raise(Handle handle, String state) {
        return handle.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$");
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

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
