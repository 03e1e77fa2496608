package dev.stowage.worker.sqlite;

import java.sql.SQLException;

/** Recognizes failures for a lack of room. See https://sqlite.org/rescode.html. */
final class DatabaseFull {

    private static final int FULL = 13;

    /** The index of the write-ahead log can't grow. */
    private static final int NO_SHARED_MEMORY = 4874;

    private DatabaseFull() {}

    static boolean is(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && (sql.getErrorCode() == FULL || sql.getErrorCode() == NO_SHARED_MEMORY)) {
                return true;
            }
        }
        return false;
    }
}
