package dev.stowage.core.expiry;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Batches of files that are in progress, on threads of their own. After {@link #close}, none is. For one thread.
 */
final class ExpiryBatches implements AutoCloseable {

    /** How long batches may take to end after they were interrupted. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final int concurrency;
    private final Consumer<FileExpiry.Expired> done;
    private final ExecutorService threads;
    private final CompletionService<FileExpiry.Expired> ended;
    private Optional<RuntimeException> failure = Optional.empty();
    private int running;

    /**
     * @param concurrency how many batches may be in progress
     * @param done told of each batch that has ended without a failure, in the thread that calls this object
     */
    ExpiryBatches(int concurrency, Consumer<FileExpiry.Expired> done) {
        this.concurrency = concurrency;
        this.done = done;
        this.threads = Executors.newFixedThreadPool(concurrency, task -> {
            Thread thread = new Thread(task, "stowage-expiry-batch");
            thread.setDaemon(true);
            return thread;
        });
        this.ended = new ExecutorCompletionService<>(threads);
    }

    /**
     * Starts a batch when fewer than the maximum are in progress.
     *
     * @return false when it was not started because another one has failed
     * @throws StorageUnavailable when interrupted
     */
    boolean start(Callable<FileExpiry.Expired> batch) {
        if (running == concurrency) {
            awaitOne();
        }
        if (failure.isPresent()) {
            return false;
        }
        ended.submit(batch);
        running++;
        return true;
    }

    /** Waits for all batches. Throws the first failure of any. @throws StorageUnavailable also when interrupted */
    void finish() {
        awaitAll();
        failure.ifPresent(first -> {
            throw first;
        });
    }

    private void awaitAll() {
        while (running > 0) {
            awaitOne();
        }
    }

    private void awaitOne() {
        try {
            FileExpiry.Expired expired = ended.take().get();
            running--;
            done.accept(expired);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("Expiry was stopped", e);
        } catch (ExecutionException e) {
            running--;
            RuntimeException reason = e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("A batch of expired files failed", e.getCause());
            failure = failure.or(() -> Optional.of(reason));
        }
    }

    /** Waits for all batches; when interrupted, interrupts them first. */
    @Override
    public void close() {
        try {
            if (!Thread.currentThread().isInterrupted()) {
                awaitAll();
            }
        } finally {
            end();
        }
    }

    private void end() {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
