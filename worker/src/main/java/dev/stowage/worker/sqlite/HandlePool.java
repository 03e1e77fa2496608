package dev.stowage.worker.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Held connections, each made when it is first needed: making one costs more than most statements. */
final class HandlePool implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final int size;
    private final Duration patience;
    private final Semaphore permits;
    private final BlockingQueue<Handle> idle = new LinkedBlockingQueue<>();

    HandlePool(Jdbi jdbi, int size) {
        this(jdbi, size, PATIENCE);
    }

    /** @param patience how long a connection is waited for */
    HandlePool(Jdbi jdbi, int size, Duration patience) {
        this.jdbi = jdbi;
        this.size = size;
        this.patience = patience;
        this.permits = new Semaphore(size, true);
    }

    /** Lends a connection. After a failure it is closed, which undoes what is left of a transaction. */
    <T> T lend(Function<Handle, T> work) {
        acquire();
        try {
            Handle handle = idle.poll();
            if (handle == null) {
                handle = jdbi.open();
            }
            boolean sound = false;
            try {
                T result = work.apply(handle);
                sound = true;
                return result;
            } finally {
                if (sound) {
                    idle.add(handle);
                } else {
                    handle.close();
                }
            }
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageUnavailable("The worker's database does not answer in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        }
    }

    @Override
    public void close() {
        boolean all = false;
        try {
            all = permits.tryAcquire(size, CLOSING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Handle handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
        if (all) {
            permits.release(size);
        }
    }
}
