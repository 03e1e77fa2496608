package dev.stowage.core.adapter;

import dev.stowage.core.error.StorageUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Threads for calls that are many requests, such as the deletion of 1000 objects in a store that deletes one at a time: one after the other,
 * these would take longer than a call may. All calls of an adapter share them, so that the number of its connections is bounded. Safe for
 * concurrent use.
 */
public final class CallThreads implements AutoCloseable {

    private final int atOnce;
    private final ExecutorService threads;

    /**
     * @param name of the threads
     * @param count how many requests are sent at once by all calls
     * @param atOnce how many of them by one call
     */
    public CallThreads(String name, int count, int atOnce) {
        this.atOnce = atOnce;
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Calls {@code request} for each item, for some of them at once, and returns the results in the order of the items. Ends with the first
     * failure. The other requests that are running then, or when the caller is interrupted, are interrupted. A single item needs no other
     * thread than the caller's.
     *
     * @throws StorageUnavailable when the caller is interrupted, or when this was closed
     */
    public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> request) {
        if (items.size() == 1) {
            return List.of(request.apply(items.get(0)));
        }
        Object[] results = new Object[items.size()];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(atOnce, results.length); i++) {
                running.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < results.length; n = next.getAndIncrement()) {
                        results[n] = request.apply(items.get(n));
                    }
                }));
            }
            for (Future<?> worker : running) {
                await(worker);
            }
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable("The store is closed", e);
        } finally {
            next.set(results.length);
            running.forEach(worker -> worker.cancel(true));
        }
        @SuppressWarnings("unchecked") // Only results of the request are in it.
        List<R> all = (List<R>) List.of(results);
        return all;
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("A request failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The call was interrupted", e);
        }
    }

    /** Interrupts all requests. Does not wait for their end. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
