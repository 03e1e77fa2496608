package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small pool of read connections, opened on demand and lent for one query each. */
final class ReaderPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);
    private static final int MAX_CONNECTIONS = 4;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Supplier<Handle> connect;
    private final SqliteConfig config;
    private final Semaphore permits = new Semaphore(MAX_CONNECTIONS, true);
    private final BlockingQueue<Handle> idle = new ArrayBlockingQueue<>(MAX_CONNECTIONS);

    ReaderPool(Supplier<Handle> connect, SqliteConfig config) {
        this.connect = connect;
        this.config = config;
    }

    <T> T read(Function<Handle, T> query, Duration timeout) {
        acquire(timeout);
        try {
            return readWithPermit(query);
        } finally {
            permits.release();
        }
    }

    private <T> T readWithPermit(Function<Handle, T> query) {
        Handle handle = connection();
        boolean sound = false;
        try {
            T result = query.apply(handle);
            sound = true;
            return result;
        } catch (RuntimeException e) {
            throw config.faults().apply(e);
        } finally {
            if (sound) {
                idle.add(handle);
            } else {
                close(handle);
            }
        }
    }

    private Handle connection() {
        Handle handle = idle.poll();
        if (handle != null) {
            return handle;
        }
        try {
            return connect.get();
        } catch (RuntimeException e) {
            throw config.faults().apply(e);
        }
    }

    private void acquire(Duration timeout) {
        try {
            if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageUnavailable(config.name() + " does not respond in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        }
    }

    /** Closes all connections as they are returned; bounded. Later reads fail. */
    @Override
    public void close() {
        try {
            if (!permits.tryAcquire(MAX_CONNECTIONS, CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A query of {} did not end within {} s", config.name(), CLOSING.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Handle handle = idle.poll(); handle != null; handle = idle.poll()) {
            close(handle);
        }
    }

    private static void close(Handle handle) {
        try {
            handle.close();
        } catch (RuntimeException e) {
            LOG.warn("Could not close a database connection", e);
        }
    }
}
