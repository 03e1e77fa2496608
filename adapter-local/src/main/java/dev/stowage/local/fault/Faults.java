package dev.stowage.local.fault;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.sqlite.SqliteFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Translates what the file system and SQLite throw. */
public final class Faults {

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
        return switch (SqliteFailure.of(cause)) {
            case FULL -> new StorageFull(cause);
            case NOT_WRITABLE ->
                new StorageRejected(
                        "The local store's database can't be written; check the permissions of the data folder", cause);
            case CORRUPT ->
                new StorageRejected("The local store's database is damaged; restore it from a backup", cause);
            case OTHER -> new StorageUnavailable("The local store's database does not answer as it should", cause);
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
}
