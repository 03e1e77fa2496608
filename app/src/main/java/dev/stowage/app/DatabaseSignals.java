package dev.stowage.app;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.postgres.PostgresSignals;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals between all processes that use a PostgreSQL database. As signals may be lost, listeners are also called at intervals. This
 * connects when the first listener is added, so commands, which have none, only send.
 */
final class DatabaseSignals implements Signals, AutoCloseable {

    private static final String CHANNEL = "stowage";
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final PostgresDatabase database;
    private final String sender;
    private final ProcessSignals local = new ProcessSignals();
    private volatile @Nullable Receiver receiver;

    /** Runs while there are listeners. */
    private record Receiver(PostgresSignals connection, ThreadScheduler interval) {}

    DatabaseSignals(PostgresDatabase database, ProcessId sender) {
        this.database = database;
        this.sender = sender.value();
    }

    @Override
    public void send(Topic topic, String subject) {
        local.send(topic, subject);
        database.signal(CHANNEL, sender + " " + topic + " " + subject);
    }

    @Override
    public synchronized void listen(Topic topic, Consumer<String> listener) {
        local.listen(topic, listener);
        if (receiver == null) {
            ThreadScheduler interval = new ThreadScheduler("stowage-signals");
            receiver = new Receiver(database.listen(CHANNEL, this::received), interval);
            interval.after(INTERVAL, () -> remind(interval));
        }
    }

    @Override
    public boolean receivesAll() {
        Receiver current = receiver;
        return current != null && current.connection().isConnected();
    }

    private void received(String text) {
        if (text.isEmpty()) {
            notifyAllTopics();
            return;
        }
        String[] parts = text.split(" ", 3);
        if (parts.length == 3 && !parts[0].equals(sender)) {
            // A node of another version may send topics that this one does not know.
            Arrays.stream(Topic.values())
                    .filter(topic -> topic.name().equals(parts[1]))
                    .forEach(topic -> local.send(topic, parts[2]));
        }
    }

    private void remind(ThreadScheduler interval) {
        try {
            notifyAllTopics();
        } finally {
            interval.after(INTERVAL, () -> remind(interval));
        }
    }

    private void notifyAllTopics() {
        for (Topic topic : Topic.values()) {
            local.send(topic, "");
        }
    }

    /** Stops listening, within a few seconds. Idempotent. */
    @Override
    public synchronized void close() {
        if (receiver != null) {
            receiver.interval().close();
            receiver.connection().close();
        }
    }
}
