package dev.stowage.sftp;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the server. They are opened when they are needed, kept open, and opened again after they were lost. Calls share them.
 * Safe for concurrent use.
 */
final class SftpConnections implements AutoCloseable {

    /** Servers limit the open files of a connection, often to 1024. A call has up to two. */
    private static final int CALLS_PER_CONNECTION = 200;

    /** Another connection is opened when all others have as many calls. */
    private static final int BUSY_CALLS = 4;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final Connector connector;
    private final Duration timeout;
    private final ReadAhead readAhead = ReadAhead.ofHeap();
    private final List<Slot> slots;
    private final Semaphore calls;
    private volatile boolean closed;

    SftpConnections(SftpConfig config) {
        this.connector = new Connector(config);
        this.timeout = config.timeout();
        this.slots = Stream.generate(Slot::new).limit(config.connections()).toList();
        this.calls = new Semaphore(config.connections() * CALLS_PER_CONNECTION, true);
    }

    /** Work with the server. */
    @FunctionalInterface
    interface Work<T> {
        T apply(Remote remote) throws IOException;
    }

    /** Runs {@code work} that may be repeated: when the connection was lost, it is run once more on another. */
    <T> T call(Deadline deadline, Work<T> work) {
        return hold(deadline, remote -> {
            T result = work.apply(remote);
            remote.close();
            return result;
        });
    }

    /** Runs {@code work} that must not be repeated. */
    <T> T once(Deadline deadline, Work<T> work) {
        try (Remote remote = borrow(deadline)) {
            return work.apply(remote);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    /** Like {@link #call}, but the result owns the {@link Remote} and closes it. */
    <T> T hold(Deadline deadline, Work<T> work) {
        try {
            try {
                return attempt(deadline, work);
            } catch (ConnectionLost e) {
                if (closed || e.timedOut()) {
                    throw e;
                }
                return attempt(deadline, work);
            }
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    private <T> T attempt(Deadline deadline, Work<T> work) throws IOException {
        Remote remote = borrow(deadline);
        try {
            return work.apply(remote);
        } catch (IOException | RuntimeException e) {
            remote.close();
            throw e;
        }
    }

    private Remote borrow(Deadline deadline) throws IOException {
        enter(deadline);
        Slot slot = pick();
        try {
            return new Remote(slot.connection(deadline), readAhead, timeout, deadline, () -> leave(slot));
        } catch (IOException | RuntimeException e) {
            leave(slot);
            throw e;
        }
    }

    private void enter(Deadline deadline) {
        if (closed) {
            throw Failures.closed();
        }
        try {
            if (!calls.tryAcquire(deadline.remaining(MAX_WAIT).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageUnavailable("Too many transfers at once. Try again later.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    private synchronized Slot pick() {
        Slot slot = slots.stream()
                .min(Comparator.<Slot>comparingInt(each -> each.users / BUSY_CALLS)
                        .thenComparing(each -> !each.isOpen())
                        .thenComparingInt(each -> each.users))
                .orElseThrow();
        slot.users++;
        return slot;
    }

    private void leave(Slot slot) {
        synchronized (this) {
            slot.users--;
        }
        calls.release();
    }

    /** Runs {@code work} on an open connection, if there is any, for a limited time, and closes all. */
    void closeAfter(Duration limit, Work<?> work) {
        try {
            if (!closed && slots.stream().anyMatch(Slot::isOpen)) {
                Object unused = once(Deadline.after(limit), work);
            }
        } catch (StorageException e) {
            // What it would have cleaned up is found by a sweep.
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        connector.close();
    }

    /** The place of one connection. */
    private final class Slot {

        private final ReentrantLock connecting = new ReentrantLock();
        private volatile @Nullable SftpConnection current;
        private int users;

        boolean isOpen() {
            SftpConnection connection = current;
            return connection != null && connection.isOpen();
        }

        SftpConnection connection(Deadline deadline) throws IOException {
            SftpConnection connection = current;
            if (connection != null && connection.isOpen()) {
                return connection;
            }
            lock(deadline);
            try {
                connection = current;
                if (connection == null || !connection.isOpen()) {
                    connection = connector.connect(deadline);
                    current = connection;
                }
                return connection;
            } finally {
                connecting.unlock();
            }
        }

        private void lock(Deadline deadline) throws ConnectionLost {
            try {
                if (!connecting.tryLock(deadline.remaining(timeout).toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new ConnectionLost("no connection in time", true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.interrupted();
            }
        }
    }
}
