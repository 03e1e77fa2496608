package dev.stowage.worker.job;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of daemon threads. */
final class ThreadPool implements WorkThreads {

    private final AtomicInteger names = new AtomicInteger();
    private final ExecutorService executor;

    ThreadPool(int size) {
        executor = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "stowage-job-" + names.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public boolean awaitEnd(Duration limit) {
        executor.shutdown();
        try {
            return executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
