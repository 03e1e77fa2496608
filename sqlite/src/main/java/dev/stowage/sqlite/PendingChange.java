package dev.stowage.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/** A change on its way from the thread that wants it, which waits, to the writer. */
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

    /** Claims the change: either for the writer, who then runs it, or for who waits, and it never runs. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Makes the change, or leaves everything as it was before; fails when the whole transaction is lost. */
    void apply(Handle handle) {
        handle.execute("SAVEPOINT one_change");
        try {
            T result = change.apply(handle);
            announcement = () -> outcome.complete(result);
        } catch (RuntimeException e) {
            undo(handle, e);
            announcement = () -> fail(config.faults().apply(e));
        }
        handle.execute("RELEASE one_change");
    }

    /** Tells who waits how the change went: after the commit, since a refusal may rest on a neighbour that a failed one undoes. */
    void announce() {
        announcement.run();
    }

    void fail(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    /** Waits for the outcome. An interrupt ends the wait at once when the change has not begun, and else a moment later. */
    T await(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
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
                    ? new StorageUnavailable(config.name() + " does not answer in time", e)
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

    private static void undo(Handle handle, RuntimeException reason) {
        try {
            handle.execute("ROLLBACK TO one_change");
        } catch (RuntimeException transactionIsGone) {
            reason.addSuppressed(transactionIsGone);
            throw reason;
        }
    }
}
