package dev.stowage.local.blob;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** A few threads that hash for others. Each comes with a buffer, and a buffer is what is asked for. Safe for concurrent use. */
final class HasherPool implements AutoCloseable {

    private final Semaphore free;
    private final ExecutorService threads;
    private final Queue<HashBuffer> desks = new ConcurrentLinkedQueue<>();

    /** @param threads what work is done in; closed with this */
    HasherPool(int count, ExecutorService threads) {
        free = new Semaphore(count);
        this.threads = threads;
    }

    /** As many as there are processors: more would only take turns. */
    static HasherPool start() {
        return new HasherPool(Runtime.getRuntime().availableProcessors(), Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stowage-hash");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** A buffer, to be given back; empty when all are occupied. */
    Optional<HashBuffer> borrow() {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        HashBuffer used = desks.poll();
        return Optional.of(used == null ? new HashBuffer() : used);
    }

    /** Lets others have an empty buffer. */
    void giveBack(HashBuffer buffer) {
        desks.add(buffer);
        free.release();
    }

    /**
     * Runs what is done at a borrowed buffer, at once.
     *
     * @throws RejectedExecutionException after this was closed
     */
    void execute(Runnable work) {
        threads.execute(work);
    }

    /** Lets the threads end, each when it has caught up. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
