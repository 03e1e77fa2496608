package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {

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
    void write_thenRead_sees() {
        notes.put(1, "a");

        assertThat(notes.texts()).containsExactly("a");
    }

    @Test
    void write_exceptionOfTheChange_passesUnchanged_andUndoesIt() {
        StorageRejected reason = new StorageRejected("its own", null);

        assertThatThrownBy(() -> database.write(handle -> {
                    Notes.insert(handle, 1, "a");
                    throw reason;
                }))
                .isSameAs(reason);
        assertThatThrownBy(() -> database.write(handle -> {
                    Notes.insert(handle, 1, "a");
                    throw ClaimLost.leaseExpired();
                }))
                .isInstanceOf(ClaimLost.class);
        assertThatThrownBy(() -> database.write(handle -> {
                    Notes.insert(handle, 1, "a");
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake");

        assertThat(notes.texts()).isEmpty();
    }

    @Test
    void write_interruptedThread_changesNothing_andStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> notes.put(1, "a"))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessage("The operation was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(notes.texts()).isEmpty();
    }

    @Test
    void write_nul_isRefused_andTheConnectionStaysUsable() {
        assertThatThrownBy(() -> notes.put(1, "a\0b")).isInstanceOf(StorageUnavailable.class);

        notes.put(2, "b");
        assertThat(notes.texts()).containsExactly("b");
    }

    @Test
    void order_isByBytes_notByTheRulesOfALanguage() {
        notes.put(1, "b");
        notes.put(2, "B");
        notes.put(3, "a-b");
        notes.put(4, "ab");
        notes.put(5, "é");

        assertThat(notes.texts()).containsExactly("B", "a-b", "ab", "b", "é");
        List<String> byLanguage =
                database.read(handle -> handle.createQuery("SELECT text FROM note ORDER BY text COLLATE \"default\"")
                        .mapTo(String.class)
                        .list());
        assertThat(byLanguage).as("the database's own order, which differs").isNotEqualTo(notes.texts());
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
        PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(notes.url()), Notes.FEW_RETRIES);
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
        assertThat(notes.texts()).hasSize(1);
        assertThatThrownBy(() -> other.read(handle -> 1))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessage("The database is closed");
    }

    private static List<Boolean> flags(String condition) {
        return database.read(handle -> handle.createQuery("SELECT flag FROM note WHERE " + condition)
                .mapTo(Boolean.class)
                .list());
    }
}
