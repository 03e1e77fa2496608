package dev.stowage.worker.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Changes of many threads, those that wait at the same time in one transaction: a commit waits for the disk, and one wait does for them
 * all. Whoever gets the connection makes the changes of the others, too; one that fails undoes nothing of theirs. Safe for concurrent use.
 */
final class SharedCommits {

    private static final int MOST = 64;

    private final HandlePool writer;
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();

    /** @param writer of one connection */
    SharedCommits(HandlePool writer) {
        this.writer = writer;
    }

    /** Changes something, durably when this returns; not at all when it throws. */
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
                throw e;
            }
            // Somebody has taken it, and says what came of it.
        }
        return change.await();
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
            handle.execute("COMMIT");
        } catch (RuntimeException | Error e) {
            changes.forEach(change -> change.outcome.completeExceptionally(e));
            throw e;
        }
        changes.forEach(Change::announce);
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

        T await() {
            try {
                return outcome.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException reason ? reason : e;
            }
        }
    }
}
