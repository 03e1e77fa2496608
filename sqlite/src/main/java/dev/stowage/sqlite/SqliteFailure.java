package dev.stowage.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The kind of a failure of SQLite, by its <a href="https://sqlite.org/rescode.html">result codes</a>. */
public enum SqliteFailure {
    /** The disk is full, or the database has reached its maximum size. The transaction was rolled back. */
    FULL,
    /** The permissions of the files do not allow to open or write them. */
    NOT_WRITABLE,
    /** The file is damaged, or is not a database. */
    CORRUPT,
    /** Anything else, including failures outside SQLite. */
    OTHER;

    /** The kind of the first failure of the driver among {@code thrown} and its causes. */
    public static SqliteFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return of(failure);
            }
        }
        return OTHER;
    }

    private static SqliteFailure of(SQLException failure) {
        // The index of the write-ahead log can't grow. The driver exposes extended codes only by this method.
        if (failure instanceof SQLiteException extended
                && extended.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return FULL;
        }
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode())) {
            case SQLITE_FULL -> FULL;
            case SQLITE_READONLY, SQLITE_CANTOPEN -> NOT_WRITABLE;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> CORRUPT;
            default -> OTHER;
        };
    }
}
