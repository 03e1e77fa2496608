package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that changes a database. All changes that wait share one transaction, and so one flush to disk.
 * Callers, whose threads may be interrupted, never hold a connection that writes.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MAX_BATCH = 64;
    private static final int MAX_LATER = 128;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Supplier<Handle> connect;
    private final SqliteConfig config;
    private final BlockingQueue<PendingChange<?>> queue = new LinkedBlockingQueue<>();
    private final Queue<Consumer<Handle>> later = new ConcurrentLinkedQueue<>();
    private final PendingChange<Boolean> lastChange;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable WriterConnection connection;

    GroupCommit(String threadName, Supplier<Handle> connect, SqliteConfig config) {
        this.connect = connect;
        this.config = config;
        lastChange = new PendingChange<>(handle -> true, config);
        thread = new Thread(this::work, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** Applies a change and waits until it is durable. */
    <T> T write(Change<T> change, Duration timeout) {
        PendingChange<T> pending = new PendingChange<>(change, config);
        queue.add(pending);
        if (closed && pending.take()) {
            throw new StorageUnavailable(config.name() + " is closed", null);
        }
        return pending.await(timeout);
    }

    /** Applies a change together with a later one. The change is lost when the process ends before that. */
    void writeLater(Consumer<Handle> change) {
        later.add(change);
    }

    private void work() {
        List<PendingChange<?>> batch = new ArrayList<>();
        try {
            do {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                commit(batch.stream().filter(PendingChange::take).toList());
            } while (!batch.contains(lastChange));
        } catch (InterruptedException e) {
            LOG.error("{} is read-only from now on: its writer was interrupted", config.name(), e);
        }
        disconnect();
    }

    private void commit(List<PendingChange<?>> changes) {
        if (later.isEmpty() && changes.stream().allMatch(lastChange::equals)) {
            return;
        }
        boolean committing = false;
        try {
            WriterConnection writer = connection();
            writer.begin();
            changes.forEach(change -> change.apply(writer));
            applyLater(writer.handle());
            config.barrier().run();
            committing = true;
            writer.commit();
        } catch (RuntimeException | Error e) {
            // Closing rolls the transaction back, whatever state it is in.
            disconnect();
            boolean unknown = committing;
            changes.forEach(change -> change.fail(fault(e, unknown)));
            return;
        }
        changes.forEach(PendingChange::announce);
    }

    private void applyLater(Handle handle) {
        for (int i = 0; i < MAX_LATER; i++) {
            Consumer<Handle> change = later.poll();
            if (change == null) {
                return;
            }
            change.accept(handle);
        }
    }

    /** After a failed commit, unless for lack of space, the transaction may still turn out to be complete after a crash. */
    private RuntimeException fault(Throwable e, boolean committing) {
        RuntimeException fault = config.faults().apply(e);
        return committing && fault instanceof StorageUnavailable ? config.outcomeUnknown(fault) : fault;
    }

    private WriterConnection connection() {
        if (connection == null) {
            connection = new WriterConnection(connect.get());
        }
        return connection;
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (RuntimeException e) {
                LOG.warn("Could not close a database connection", e);
            }
            connection = null;
        }
    }

    /** Applies the waiting changes, accepts no more, and stops. Bounded. */
    @Override
    public void close() {
        closed = true;
        queue.add(lastChange);
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} did not finish its last change within {} s", config.name(), CLOSING.toSeconds());
        }
    }
}
