package dev.stowage.postgres;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries and transactions, the only place that runs them again: after serialization failures, deadlocks, waits for a
 * lock that took too long, and lost connections. Nothing is run again once its COMMIT was sent.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Jdbi jdbi;
    private final Consumer<Connection> discard;
    private final Retries retries;

    /** @param discard keeps a connection from being lent again */
    Transactions(Jdbi jdbi, Consumer<Connection> discard, Retries retries) {
        this.jdbi = jdbi;
        this.discard = discard;
        this.retries = retries;
    }

    /** Runs a query, each of whose statements is a transaction. */
    <T> T read(Function<Handle, T> query) {
        return run(query);
    }

    /** Runs a change in one transaction. */
    <T> T write(Function<Handle, T> change) {
        return run(handle -> inTransaction(handle, change));
    }

    private <T> T run(Function<Handle, T> work) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(null);
            }
            try {
                return once(work);
            } catch (RuntimeException e) {
                PostgresFailure failure = e instanceof StorageException ? PostgresFailure.NONE : PostgresFailure.of(e);
                boolean again = failure == PostgresFailure.UNDONE || failure == PostgresFailure.DISCONNECTED;
                if (Thread.currentThread().isInterrupted() && failure != PostgresFailure.NONE) {
                    throw interrupted(e);
                }
                if (!again
                        || attempt >= retries.attempts()
                        || System.nanoTime() - start > retries.patience().toNanos()) {
                    throw fault(failure, e);
                }
                LOG.debug("A transaction is run again after attempt {}", attempt, e);
                pause(attempt, e);
            }
        }
    }

    private <T> T once(Function<Handle, T> work) {
        Handle handle = jdbi.open();
        try {
            return work.apply(handle);
        } catch (RuntimeException e) {
            if (PostgresFailure.of(e) == PostgresFailure.DISCONNECTED) {
                // It may be sound, but to a server that is no primary any more.
                discard.accept(handle.getConnection());
            }
            throw e;
        } finally {
            close(handle);
        }
    }

    private static <T> T inTransaction(Handle handle, Function<Handle, T> change) {
        Handle unused = handle.begin();
        T result;
        try {
            result = change.apply(handle);
            checkSound(handle);
        } catch (RuntimeException | Error e) {
            rollBack(handle, e);
            throw e;
        }
        commit(handle);
        return result;
    }

    /** After a failed statement, the server answers COMMIT with a rollback that the driver does not report. */
    private static void checkSound(Handle handle) {
        TransactionState state;
        try {
            state = handle.getConnection().unwrap(BaseConnection.class).getTransactionState();
        } catch (SQLException e) {
            throw new IllegalStateException("not a connection of PostgreSQL's driver", e);
        }
        if (state == TransactionState.FAILED) {
            throw new IllegalStateException("a change ignored the failure of a statement, which has undone it");
        }
    }

    /**
     * A server that refuses a COMMIT and keeps the connection has undone the transaction. One that does not answer may have
     * made it. With a warning, it was made, but its copy on the standby was not waited for, and would be missed after a
     * failover.
     */
    private static void commit(Handle handle) {
        Connection connection = handle.getConnection();
        SQLWarning warning;
        try {
            connection.clearWarnings();
            Handle unused = handle.commit();
            warning = connection.getWarnings();
        } catch (SQLException e) {
            throw outcomeUnknown(e);
        } catch (RuntimeException e) {
            throw isRefusal(connection, e) ? e : outcomeUnknown(e);
        }
        if (warning != null) {
            throw outcomeUnknown(warning);
        }
    }

    private static boolean isRefusal(Connection connection, RuntimeException e) {
        PostgresFailure failure = PostgresFailure.of(e);
        try {
            return failure != PostgresFailure.DISCONNECTED && failure != PostgresFailure.NONE && !connection.isClosed();
        } catch (SQLException unknown) {
            e.addSuppressed(unknown);
            return false;
        }
    }

    private static void rollBack(Handle handle, Throwable reason) {
        try {
            Handle unused = handle.rollback();
        } catch (RuntimeException e) {
            // The server undoes what a lost connection did not commit.
            reason.addSuppressed(e);
        }
    }

    /** What is committed remains so, whatever becomes of the connection. */
    private static void close(Handle handle) {
        try {
            handle.close();
        } catch (RuntimeException e) {
            LOG.debug("Could not close a database connection", e);
        }
    }

    private void pause(int attempt, RuntimeException reason) {
        try {
            Thread.sleep(retries.pause(attempt).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason.addSuppressed(e);
            throw interrupted(reason);
        }
    }

    /** The exception that callers get. Those that the change itself throws are theirs already. */
    static RuntimeException fault(PostgresFailure failure, RuntimeException e) {
        return switch (failure) {
            case NONE -> e;
            case FULL -> new StorageFull(e);
            case REFUSED -> new StorageRejected("The database refuses the service's request", e);
            case SLOW, UNDONE, DISCONNECTED -> new StorageUnavailable("The database does not respond in time", e);
            case OTHER -> new StorageUnavailable("The database does not respond as expected", e);
        };
    }

    private static StorageUnavailable interrupted(@Nullable Throwable cause) {
        return new StorageUnavailable("The operation was interrupted", cause);
    }

    private static StorageUnavailable outcomeUnknown(Throwable cause) {
        return StorageUnavailable.outcomeUnknown(
                "The database did not confirm a change, which may or may not have been made; check, and try again",
                cause);
    }
}
