package dev.stowage.local.index;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.local.fault.Faults;
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
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private Runnable announcement = () -> {};

    PendingChange(Change<T> change) {
        this.change = change;
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
            announcement = () -> fail(Faults.database(e));
        }
        handle.execute("RELEASE one_change");
    }

    /** Tells who waits how the change went: after the commit, since a refusal may rest on a neighbour that a failed one undoes. */
    void announce() {
        announcement.run();
    }

    void fail(StorageException reason) {
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
                    ? new StorageUnavailable("The local store's database does not answer in time", e)
                    : new StorageUnavailable(OutcomeUnknown.MESSAGE, new OutcomeUnknown(e));
        } catch (ExecutionException e) {
            throw Faults.database(e.getCause() == null ? e : e.getCause());
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
