package dev.stowage.it.cluster;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A client of the service that repeats what it does until it is stopped. */
interface Client {

    /** Does it once. */
    void step() throws InterruptedException;

    /** Clients at work, each on a thread of its own. */
    final class Crowd implements AutoCloseable {

        /** The longest step, after a failure. */
        private static final long STEP_SECONDS = 240;

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<Future<Void>> clients;
        private volatile boolean stopped;

        Crowd(List<Client> clients) {
            this.clients = clients.stream().map(this::start).toList();
        }

        private Future<Void> start(Client client) {
            return threads.submit(() -> {
                while (!stopped) {
                    client.step();
                }
                return null;
            });
        }

        /** Waits for a condition. Fails when a client has failed. */
        void await(String what, BooleanSupplier condition) throws InterruptedException, ExecutionException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_SECONDS);
            while (!condition.getAsBoolean()) {
                check();
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited in vain until " + what);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        /** Fails when a client has failed. */
        void check() throws InterruptedException, ExecutionException {
            for (Future<Void> client : clients) {
                if (client.isDone()) {
                    client.get();
                }
            }
        }

        /** Lets each client finish its step. Fails when a client has failed. */
        void stop() throws InterruptedException, ExecutionException, TimeoutException {
            stopped = true;
            for (Future<Void> client : clients) {
                client.get(STEP_SECONDS, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() {
            stopped = true;
            threads.shutdownNow();
        }
    }
}
