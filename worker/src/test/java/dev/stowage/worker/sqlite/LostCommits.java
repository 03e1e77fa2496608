package dev.stowage.worker.sqlite;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.repositories.SqlDatabase;
import dev.stowage.repositories.SqlDialect;
import dev.stowage.testkit.concurrent.SharedRecord.CommitLoss;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Leaves the outcome of a commit unknown, as after a write that timed out. */
final class LostCommits implements CommitLoss {

    /** Whether the next commit is made; empty when it is not lost. */
    private final AtomicReference<Optional<Boolean>> next = new AtomicReference<>(Optional.empty());

    @Override
    public void loseNextCommit(boolean made) {
        next.set(Optional.of(made));
    }

    /** Returns the database with commits that can be lost. */
    SqlDatabase of(SqlDatabase database) {
        return new SqlDatabase() {
            @Override
            public <T> T read(Function<Handle, T> query) {
                return database.read(query);
            }

            @Override
            public <T> T write(Function<Handle, T> change) {
                return commit(() -> database.write(change));
            }

            @Override
            public <T> T add(Function<Handle, T> change) {
                return commit(() -> database.add(change));
            }

            @Override
            public SqlDialect dialect() {
                return database.dialect();
            }
        };
    }

    private <T> T commit(Supplier<T> change) {
        Optional<Boolean> lost = next.getAndSet(Optional.empty());
        if (lost.isEmpty()) {
            return change.get();
        }
        if (lost.get()) {
            T unused = change.get();
        }
        throw StorageUnavailable.outcomeUnknown("The answer to the commit was lost", null);
    }
}
