package dev.stowage.local.blob;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** A pool of helper threads for hashing. Each comes with a buffer, and borrowing a buffer reserves a thread. Safe for concurrent use. */
final class HasherPool implements AutoCloseable {

    private final Semaphore free;
    private final ExecutorService threads;
    private final Queue<HashBuffer> desks = new ConcurrentLinkedQueue<>();

    /** @param threads run the work; closed with this */
    HasherPool(int count, ExecutorService threads) {
        free = new Semaphore(count);
        this.threads = threads;
    }

    /** One thread for each processor. */
    static HasherPool start() {
        return new HasherPool(Runtime.getRuntime().availableProcessors(), Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stowage-hash");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** A buffer, to be given back; empty when all are in use. */
    Optional<HashBuffer> borrow() {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        HashBuffer used = desks.poll();
        return Optional.of(used == null ? new HashBuffer() : used);
    }

    /** Returns an empty buffer to the pool. */
    void giveBack(HashBuffer buffer) {
        desks.add(buffer);
        free.release();
    }

    /**
     * Runs work on a borrowed buffer at once.
     *
     * @throws RejectedExecutionException after this was closed
     */
    void execute(Runnable work) {
        threads.execute(work);
    }

    /** Ends the threads, each when it has caught up. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
