package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A change that a caller waits for until the writer has made it. */
final class PendingChange<T> {

    private final Change<T> change;
    private final SqliteConfig config;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private Runnable announcement = () -> {};

    PendingChange(Change<T> change, SqliteConfig config) {
        this.change = change;
        this.config = config;
    }

    /** Claims the change, either for the writer, which then runs it, or for the caller that stops waiting, so that it never runs. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Applies the change or undoes it. Fails when the whole transaction is lost. */
    void apply(WriterConnection writer) {
        writer.beginChange();
        try {
            T result = change.apply(writer.handle());
            announcement = () -> outcome.complete(result);
        } catch (RuntimeException e) {
            undo(writer, e);
            announcement = () -> fail(config.faults().apply(e));
        }
        writer.endChange();
    }

    /** Reports the outcome to the caller. Called after the commit, because a refusal may depend on another change of the transaction. */
    void announce() {
        announcement.run();
    }

    void fail(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    /** Waits for the outcome. An interrupt ends the wait: at once when the change has not begun, else shortly after. */
    T await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (take()) {
                        throw new StorageUnavailable("The operation was interrupted", e);
                    }
                }
            }
        } catch (TimeoutException e) {
            throw take()
                    ? new StorageUnavailable(config.name() + " does not respond in time", e)
                    : config.outcomeUnknown(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason
                    ? reason
                    : config.faults().apply(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void undo(WriterConnection writer, RuntimeException reason) {
        try {
            writer.undoChange();
        } catch (RuntimeException transactionIsGone) {
            reason.addSuppressed(transactionIsGone);
            throw reason;
        }
    }
}
