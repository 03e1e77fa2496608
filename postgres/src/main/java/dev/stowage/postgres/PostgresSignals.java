package dev.stowage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the signals that nodes send through the database (LISTEN and NOTIFY), on a connection and a thread of its own.
 * Signals only make others look earlier: any of them may be lost, in particular while there is no connection, so whoever
 * waits for something has to look for it at intervals as well.
 *
 * <p>After each connect, the listener gets an empty text: something may have been missed.
 */
public final class PostgresSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSignals.class);
    private static final Pattern CHANNEL = Pattern.compile("[a-z_]{1,60}");
    /** How long {@link #close} may have to wait. */
    private static final Duration WAITING = Duration.ofMillis(500);
    /** After which the connection is checked. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Retries RECONNECTING =
            new Retries(Integer.MAX_VALUE, SILENCE, Duration.ofMillis(200), Duration.ofSeconds(10));

    private final PostgresConnections connections;
    private final String channel;
    private final Consumer<String> listener;
    private final Thread thread;
    private volatile boolean connected;
    private volatile boolean closed;

    PostgresSignals(PostgresConnections connections, String channel, Consumer<String> listener) {
        this.connections = connections;
        this.channel = checked(channel);
        this.listener = listener;
        thread = new Thread(this::work, "stowage-postgres-signals");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the name of a channel. */
    static String checked(String channel) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException("a channel has 1 to 60 lower-case letters and underscores");
        }
        return channel;
    }

    /** Whether signals arrive at present, as far as is known. */
    public boolean isConnected() {
        return connected;
    }

    private void work() {
        int failures = 0;
        while (!closed) {
            try (Connection connection = connections.single();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + channel);
                failures = 0;
                // What was missed is looked for before signals count as complete.
                tell("");
                connected = true;
                listen(connection.unwrap(PGConnection.class), statement);
            } catch (SQLException | RuntimeException e) {
                failures++;
                if (failures == 1 && !closed) {
                    LOG.warn("Signals from other nodes don't arrive until the database is reached again", e);
                }
            }
            connected = false;
            pause(failures);
        }
    }

    private void listen(PGConnection connection, Statement statement) throws SQLException {
        long heard = System.nanoTime();
        while (!closed) {
            PGNotification[] notifications = connection.getNotifications((int) WAITING.toMillis());
            if (notifications.length > 0) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
                statement.execute("SELECT 1");
                heard = System.nanoTime();
            }
            for (PGNotification notification : notifications) {
                tell(notification.getParameter());
            }
        }
    }

    private void tell(String signal) {
        try {
            listener.accept(signal);
        } catch (RuntimeException e) {
            LOG.error("A signal from another node was not handled", e);
        }
    }

    private void pause(int failures) {
        if (closed) {
            return;
        }
        try {
            Thread.sleep(RECONNECTING.pause(Math.max(1, failures)).toMillis());
        } catch (InterruptedException e) {
            // Closed: nobody else knows the thread.
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening, within a few seconds. The listener is not called after that, unless it is still at work. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
