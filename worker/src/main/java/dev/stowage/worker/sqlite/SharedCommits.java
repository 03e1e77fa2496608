package dev.stowage.worker.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Changes of many threads, those that wait at the same time in one transaction: a commit waits for the disk, and one wait does for them
 * all. Whoever gets the connection makes the changes of the others, too; one that fails undoes nothing of theirs. Safe for concurrent use.
 */
final class SharedCommits {

    private static final int MOST = 64;

    /** How long a change is waited for that another thread makes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HandlePool writer;
    private final Duration patience;
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();

    /** @param writer of one connection */
    SharedCommits(HandlePool writer) {
        this(writer, PATIENCE);
    }

    /** @param patience how long a change is waited for that another thread makes */
    SharedCommits(HandlePool writer, Duration patience) {
        this.writer = writer;
        this.patience = patience;
    }

    /**
     * Changes something, durably when this returns; not at all when it throws anything but {@link CommitUnknown}.
     *
     * @throws CommitUnknown when it is not known whether the change was made, or will be
     */
    <T> T write(Function<Handle, T> work) {
        Change<T> change = new Change<>(work);
        waiting.add(change);
        try {
            boolean unused = writer.lend(handle -> {
                while (!change.outcome.isDone()) {
                    commit(handle);
                }
                return true;
            });
        } catch (RuntimeException e) {
            if (waiting.remove(change)) {
                // It was not tried, whatever is unknown of others.
                throw e instanceof CommitUnknown ? new IllegalStateException("another change was not confirmed", e) : e;
            }
            // Somebody has taken it, and says what came of it.
        }
        return change.await(patience);
    }

    /** How many changes nobody has begun to make. */
    int waiting() {
        return waiting.size();
    }

    /** Those that have waited for the longest. */
    private void commit(Handle handle) {
        List<Change<?>> changes = new ArrayList<>();
        for (Change<?> next = waiting.poll(); next != null; next = changes.size() < MOST ? waiting.poll() : null) {
            changes.add(next);
        }
        try {
            handle.execute("BEGIN IMMEDIATE");
            changes.forEach(change -> change.apply(handle));
        } catch (RuntimeException | Error e) {
            changes.forEach(change -> change.outcome.completeExceptionally(e));
            throw e;
        }
        commit(handle, changes);
        changes.forEach(Change::announce);
    }

    /** A commit that fails for another reason than a lack of room may turn out to be complete. */
    private static void commit(Handle handle, List<Change<?>> changes) {
        try {
            handle.execute("COMMIT");
        } catch (RuntimeException | Error e) {
            RuntimeException failure =
                    e instanceof RuntimeException full && DatabaseFull.is(full) ? full : new CommitUnknown(e);
            changes.forEach(change -> change.outcome.completeExceptionally(failure));
            throw failure;
        }
    }

    private static final class Change<T> {

        private final Function<Handle, T> work;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private Runnable announcement = () -> {};

        private Change(Function<Handle, T> work) {
            this.work = work;
        }

        void apply(Handle handle) {
            handle.execute("SAVEPOINT change");
            try {
                T result = work.apply(handle);
                announcement = () -> outcome.complete(result);
            } catch (RuntimeException e) {
                undo(handle, e);
                announcement = () -> outcome.completeExceptionally(e);
            }
            handle.execute("RELEASE change");
        }

        /** Fails when the failure has ended the whole transaction, as some do. */
        private static void undo(Handle handle, RuntimeException failure) {
            try {
                handle.execute("ROLLBACK TO change");
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                throw failure;
            }
        }

        /** To be called when what was applied is durable. */
        void announce() {
            announcement.run();
        }

        /** An interrupt ends the wait. */
        T await(Duration patience) {
            try {
                return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommitUnknown(e);
            } catch (TimeoutException e) {
                throw new CommitUnknown(e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException reason
                        ? reason
                        : new IllegalStateException("a change failed", e.getCause());
            }
        }
    }
}
