package dev.stowage.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The kind of a failure, by the <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">codes</a> of PostgreSQL. */
enum PostgresFailure {
    /** The transaction was rolled back because of a concurrent one, or of an outdated plan. It may succeed when it is retried. */
    CONFLICT,
    /** The connection was lost, or none could be opened. What was not committed is rolled back. */
    DISCONNECTED,
    /** A statement exceeded its timeout. The transaction was rolled back. */
    TIMEOUT,
    /** The server's disk is full. The transaction was rolled back. */
    FULL,
    /** The server refuses the user, the database or the operation. */
    REFUSED,
    /** Any other failure of the database. */
    OTHER,
    /** Not a failure of the database. */
    NONE;

    /** The kind of the first failure of the driver or the pool among {@code thrown} and its causes. */
    static PostgresFailure of(Throwable thrown) {
        SQLException failure = failure(thrown);
        return failure == null ? NONE : of(failure);
    }

    private static @Nullable SQLException failure(Throwable thrown) {
        SQLException first = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                // The pool's own exception may have the driver's as its cause.
                if (failure.getSQLState() != null) {
                    return failure;
                }
                first = first == null ? failure : first;
            }
        }
        return first;
    }

    private static PostgresFailure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // The pool has no free connection, or could not open one.
            return DISCONNECTED;
        }
        return switch (state) {
            // serialization_failure, deadlock_detected, lock_not_available
            case "40001", "40P01", "55P03" -> CONFLICT;
            // invalid_sql_statement_name: a pooler has switched to another connection of the server
            case "26000" -> CONFLICT;
            case "0A000" -> isStalePlan(failure) ? CONFLICT : OTHER;
            // Shut down, crashed, starting, database dropped, idle for too long, too many connections
            case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04", "53300" -> DISCONNECTED;
            // read_only_sql_transaction: the server is no longer the primary
            case "25006" -> DISCONNECTED;
            case "57014" -> TIMEOUT;
            case "53100" -> FULL;
            // invalid_catalog_name, insufficient_privilege
            case "3D000", "42501" -> REFUSED;
            default -> {
                if (state.startsWith("08")) {
                    yield DISCONNECTED;
                }
                yield state.startsWith("28") ? REFUSED : OTHER;
            }
        };
    }

    /** The schema was expanded since the statement was prepared: "cached plan must not change result type". */
    private static boolean isStalePlan(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException ofServer ? ofServer.getServerErrorMessage() : null;
        return message != null && "RevalidateCachedQuery".equals(message.getRoutine());
    }
}
