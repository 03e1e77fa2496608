package dev.stowage.it.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Clients that repeat their work until the service is killed. Writes that were not acknowledged may or may not be stored then. */
public final class KilledClients {

    private static final long LIMIT_SECONDS = 60;

    private final List<IntConsumer> works = new ArrayList<>();
    private final Class<? extends RuntimeException> broken;
    private final Duration pause;

    /**
     * @param broken what a request fails with whose connection breaks
     * @param pause of each client before it repeats its work
     */
    public KilledClients(Class<? extends RuntimeException> broken, Duration pause) {
        this.broken = broken;
        this.pause = pause;
    }

    /** Adds a client. Its work is done again and again, with increasing numbers. */
    public void add(IntConsumer work) {
        works.add(work);
    }

    /**
     * Starts the clients, each on a thread of its own, and kills the service.
     *
     * @param enough waited for first, so that there is something to lose on slow machines, too
     * @param millis how long the clients work after that
     * @throws AssertionError when a client failed in another way
     */
    public void run(ServiceProcess service, BooleanSupplier enough, int millis) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (IntConsumer work : works) {
                clients.add(threads.submit(() -> repeat(work)));
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!enough.getAsBoolean() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            TimeUnit.MILLISECONDS.sleep(millis);
            service.kill();
            for (Future<?> client : clients) {
                client.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a client failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void repeat(IntConsumer work) {
        try {
            for (int number = 0; ; number++) {
                work.accept(number);
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (RuntimeException e) {
            if (!broken.isInstance(e)) {
                throw e;
            }
        }
    }
}
