package dev.stowage.local.fault;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Translates what the file system and SQLite throw. */
public final class Faults {

    /** Primary result codes of SQLite, see https://sqlite.org/rescode.html. */
    private static final int READ_ONLY = 8;

    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;

    /** Less room than this is none: a file system hands out its last blocks only partly, and quotas round. */
    private static final long NO_ROOM = 64 << 10;

    private Faults() {}

    /**
     * What a failed file operation means.
     *
     * @param place a folder on the disk in question
     */
    public static StorageException io(IOException cause, Path place) {
        if (cause instanceof ClosedByInterruptException) {
            return new StorageUnavailable("The operation was interrupted", cause);
        }
        return isFull(cause, place)
                ? new StorageFull(cause)
                : new StorageUnavailable("The local store's disk does not work as it should", cause);
    }

    /** What a failed database operation means; an exception that is translated already stays as it is. */
    public static StorageException database(Throwable cause) {
        if (cause instanceof StorageException known) {
            return known;
        }
        SQLException sql = sqlException(cause);
        return switch (sql == null ? 0 : sql.getErrorCode()) {
            case FULL -> new StorageFull(cause);
            case READ_ONLY, CANNOT_OPEN ->
                new StorageRejected(
                        "The local store's database can't be written; check the permissions of the data folder", cause);
            case CORRUPT, NOT_A_DATABASE ->
                new StorageRejected("The local store's database is damaged; restore it from a backup", cause);
            default -> new StorageUnavailable("The local store's database does not answer as it should", cause);
        };
    }

    /** The JDK has no code for it, only the system's message, which may be in the user's language: so the disk is asked, too. */
    private static boolean isFull(IOException cause, Path place) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left on device") || message.contains("quota exceeded")) {
            return true;
        }
        try {
            return Files.getFileStore(place).getUsableSpace() < NO_ROOM;
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable SQLException sqlException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
