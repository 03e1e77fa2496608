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
 * Receives the signals that nodes send through the database (LISTEN and NOTIFY), on a connection and a thread of its own. Signals may be
 * lost, in particular while there is no connection, so listeners must also look for changes at intervals.
 *
 * <p>After each connect, the listener is called with an empty text, since signals may have been missed.
 */
public final class PostgresSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSignals.class);
    private static final Pattern CHANNEL = Pattern.compile("[a-z_]{1,60}");
    /** How long the thread waits for signals before it checks whether this was closed. */
    private static final Duration WAITING = Duration.ofMillis(500);
    /** The time without signals after which the connection is checked. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(15);

    private static final Retries RECONNECTING =
            new Retries(Integer.MAX_VALUE, IDLE_TIMEOUT, Duration.ofMillis(200), Duration.ofSeconds(10));

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
        thread = new Thread(this::run, "stowage-postgres-signals");
        thread.setDaemon(true);
        thread.start();
    }

    /** @throws IllegalArgumentException when this is not the name of a channel */
    static String checked(String channel) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException("a channel has 1 to 60 lower-case letters and underscores");
        }
        return channel;
    }

    /** Whether there is a connection, as far as is known, so that signals arrive. */
    public boolean isConnected() {
        return connected;
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try (Connection connection = connections.single();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + channel);
                failures = 0;
                // What was missed is looked for before signals count as complete.
                notifyListener("");
                connected = true;
                listen(connection.unwrap(PGConnection.class), statement);
            } catch (SQLException | RuntimeException e) {
                failures++;
                if (failures == 1 && !closed) {
                    LOG.warn("Signals from other nodes don't arrive until the database can be reached again", e);
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
            } else if (System.nanoTime() - heard > IDLE_TIMEOUT.toNanos()) {
                statement.execute("SELECT 1");
                heard = System.nanoTime();
            }
            for (PGNotification notification : notifications) {
                notifyListener(notification.getParameter());
            }
        }
    }

    private void notifyListener(String signal) {
        try {
            listener.accept(signal);
        } catch (RuntimeException e) {
            LOG.error("Could not handle a signal from another node", e);
        }
    }

    private void pause(int failures) {
        if (closed) {
            return;
        }
        try {
            Thread.sleep(RECONNECTING.pause(Math.max(1, failures)).toMillis());
        } catch (InterruptedException e) {
            // Only close() interrupts this thread.
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening, within a few seconds. The listener may finish a call that is in progress. Idempotent. */
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
