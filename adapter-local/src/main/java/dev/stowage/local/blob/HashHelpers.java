package dev.stowage.local.blob;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** A few threads that hash for others. Each comes with a desk, and a desk is what is asked for. Safe for concurrent use. */
final class HashHelpers implements AutoCloseable {

    private final Semaphore free;
    private final ExecutorService threads;
    private final Queue<HashDesk> desks = new ConcurrentLinkedQueue<>();

    /** @param threads what work is done in; closed with this */
    HashHelpers(int count, ExecutorService threads) {
        free = new Semaphore(count);
        this.threads = threads;
    }

    /** As many as there are processors: more would only take turns. */
    static HashHelpers start() {
        return new HashHelpers(Runtime.getRuntime().availableProcessors(), Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stowage-hash");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** A desk, to be given back; empty when all are occupied. */
    Optional<HashDesk> borrow() {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        HashDesk used = desks.poll();
        return Optional.of(used == null ? new HashDesk() : used);
    }

    /** Lets others have an empty desk. */
    void giveBack(HashDesk desk) {
        desks.add(desk);
        free.release();
    }

    /**
     * Runs what is done at a borrowed desk, at once.
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
