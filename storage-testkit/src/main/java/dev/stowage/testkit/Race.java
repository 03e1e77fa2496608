package dev.stowage.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs calls concurrently on threads that start together. */
public final class Race {

    private static final int SECONDS = 50;

    private Race() {}

    /** Returns the results in the order of the calls. A call that throws or takes too long fails the test. */
    public static <T> List<T> run(List<Callable<T>> racers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(racers.size());
        CountDownLatch ready = new CountDownLatch(racers.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> racer : racers) {
                running.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return racer.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                results.add(result(running.get(i), "call %s of %s at once".formatted(i + 1, running.size())));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> racer, String name) throws InterruptedException {
        try {
            return racer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(name + " failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(name + " took longer than " + SECONDS + " seconds", e);
        }
    }

    /** Returns the result of one call on its own thread. */
    public static <T> T alone(Callable<T> call) throws Exception {
        return run(List.of(call)).get(0);
    }
}
