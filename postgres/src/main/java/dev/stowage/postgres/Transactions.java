package dev.stowage.postgres;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries and transactions. Only this class retries them: after serialization failures, deadlocks, waits for a lock that took too
 * long, and lost connections. Nothing is retried once its COMMIT was sent, or while the server is known to be unreachable.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final ConnectionPool pool;
    private final Retries retries;

    Transactions(ConnectionPool pool, Retries retries) {
        this.pool = pool;
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
                boolean retriable = failure == PostgresFailure.CONFLICT
                        || (failure == PostgresFailure.DISCONNECTED && !pool.isUnreachable());
                if (Thread.currentThread().isInterrupted() && failure != PostgresFailure.NONE) {
                    throw interrupted(e);
                }
                if (!retriable
                        || attempt >= retries.attempts()
                        || System.nanoTime() - start > retries.limit().toNanos()) {
                    throw fault(failure, e);
                }
                LOG.debug("Retrying a transaction after attempt {}", attempt, e);
                pause(attempt, e);
            }
        }
    }

    private <T> T once(Function<Handle, T> work) {
        Handle handle = pool.open();
        try {
            return work.apply(handle);
        } catch (RuntimeException e) {
            if (PostgresFailure.of(e) == PostgresFailure.DISCONNECTED) {
                // It may work, but lead to a server that is no longer the primary.
                pool.discard(handle.getConnection());
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
            checkNotFailed(handle);
        } catch (RuntimeException | Error e) {
            rollBack(handle, e);
            throw e;
        }
        commit(handle);
        return result;
    }

    /** After a failed statement, the server answers COMMIT with a rollback, which the driver does not report. */
    private static void checkNotFailed(Handle handle) {
        TransactionState state;
        try {
            state = handle.getConnection().unwrap(BaseConnection.class).getTransactionState();
        } catch (SQLException e) {
            throw new IllegalStateException("not a connection of the PostgreSQL driver", e);
        }
        if (state == TransactionState.FAILED) {
            throw new IllegalStateException("a change ignored the failure of a statement, so it was rolled back");
        }
    }

    /**
     * A server that refuses a COMMIT and keeps the connection has rolled back the transaction. One that does not answer may have
     * committed it. A warning means that it was committed here, but not confirmed by the standby, so a failover may lose it.
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
            // The server rolls back what a lost connection did not commit.
            reason.addSuppressed(e);
        }
    }

    /** A failure does not matter, since what is committed stays committed. */
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

    /** Returns the exception for the caller. Exceptions of the change itself are passed unchanged. */
    static RuntimeException fault(PostgresFailure failure, RuntimeException e) {
        return switch (failure) {
            case NONE -> e;
            case FULL -> new StorageFull(e);
            case REFUSED -> new StorageRejected("The database refuses the service's request", e);
            case TIMEOUT, CONFLICT, DISCONNECTED -> new StorageUnavailable("The database does not respond in time", e);
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
