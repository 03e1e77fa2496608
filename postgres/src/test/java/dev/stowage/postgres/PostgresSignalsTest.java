package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.testkit.postgres.PostgresServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSignalsTest {

    private static PostgresServer server;
    private static PostgresDatabase database;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        server = PostgresServer.shared();
        database = PostgresDatabase.open(TestConfigs.of(TestConfigs.migrated()));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void signal_isHeard_byThoseWhoListenToTheChannel() throws Exception {
        try (PostgresSignals signals = database.listen("jobs", heard::add)) {
            assertThat(next()).isEmpty();
            awaitConnected(signals);

            database.signal("keys", "other");
            database.signal("jobs", "a");
            database.signal("jobs", "b");

            assertThat(next()).isEqualTo("a");
            assertThat(next()).isEqualTo("b");
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void lostConnection_isMadeAnew_andTheListenerLooksAgain() throws Exception {
        try (PostgresSignals signals = database.listen("jobs", heard::add)) {
            assertThat(next()).isEmpty();
            awaitConnected(signals);

            server.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN jobs%'");

            assertThat(next())
                    .as("a text that says that something may have been missed")
                    .isEmpty();
            database.signal("jobs", "after");
            assertThat(next()).isEqualTo("after");
        }
    }

    @Test
    void connection_doesNotCount_beforeTheListenerHasLooked() throws Exception {
        BlockingQueue<Boolean> counted = new LinkedBlockingQueue<>();
        CompletableFuture<PostgresSignals> self =
                new CompletableFuture<PostgresSignals>().orTimeout(10, TimeUnit.SECONDS);
        try (PostgresSignals signals =
                database.listen("looking", text -> counted.add(self.join().isConnected()))) {
            self.complete(signals);

            assertThat(counted.poll(10, TimeUnit.SECONDS)).isFalse();
            awaitConnected(signals);
        }
    }

    @Test
    void failingListener_hearsTheNextSignal() throws Exception {
        try (PostgresSignals signals = database.listen("jobs", text -> {
            heard.add(text);
            throw new IllegalStateException("a mistake");
        })) {
            assertThat(next()).isEmpty();

            database.signal("jobs", "a");

            assertThat(next()).isEqualTo("a");
            awaitConnected(signals);
        }
    }

    @Test
    void close_endsTheConnection() throws Exception {
        PostgresSignals signals = database.listen("closing", heard::add);
        assertThat(next()).isEmpty();

        signals.close();
        signals.close();

        assertThat(signals.isConnected()).isFalse();
        database.signal("closing", "late");
        assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void listen_malformedChannel_isRefused() {
        assertThatThrownBy(() -> database.listen("jobs; DROP TABLE x", heard::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The connection counts once the listener has looked for what it missed. */
    private static void awaitConnected(PostgresSignals signals) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!signals.isConnected()) {
            assertThat(System.nanoTime()).as("connected in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private String next() throws InterruptedException {
        String signal = heard.poll(10, TimeUnit.SECONDS);
        assertThat(signal).isNotNull();
        return signal;
    }
}
