package dev.stowage.azure;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads for calls that need many requests. They are shared by all calls, so that these have a bounded number of connections. */
final class Workers implements AutoCloseable {

    private static final int THREADS = 32;
    private static final int AT_ONCE = 8;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "stowage-azure");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Runs {@code step} for all numbers from 0 to {@code count - 1}, some of them at once. Ends after the first failure.
     *
     * @param heartbeat run every 15 seconds by the calling thread; ends the run when it throws
     */
    void run(int count, IntConsumer step, Runnable heartbeat) {
        if (count < 2) {
            IntStream.range(0, count).forEach(step);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(AT_ONCE, count); i++) {
                running.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        step.accept(n);
                    }
                }));
            }
            for (Future<?> worker : running) {
                await(worker, heartbeat);
            }
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable("The store is closed", e);
        } finally {
            next.set(count);
            running.forEach(worker -> worker.cancel(true));
        }
    }

    private static void await(Future<?> worker, Runnable heartbeat) {
        while (true) {
            try {
                worker.get(HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                heartbeat.run();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException("a worker failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageUnavailable("The call was interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
