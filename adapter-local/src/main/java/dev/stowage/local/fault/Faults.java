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

/** Translates exceptions of the file system and of SQLite. */
public final class Faults {

    /** With less free space the disk counts as full: file systems keep a rest, and quotas are rounded. */
    private static final long NO_ROOM = 64 << 10;

    private Faults() {}

    /**
     * The exception for a failed file operation.
     *
     * @param place a folder on the disk in question
     */
    public static StorageException io(IOException cause, Path place) {
        if (cause instanceof ClosedByInterruptException) {
            return new StorageUnavailable("The operation was interrupted", cause);
        }
        return isFull(cause, place)
                ? new StorageFull(cause)
                : new StorageUnavailable("The disk of the local store failed", cause);
    }

    /** The exception for a failed database operation; a translated exception stays as it is. */
    public static StorageException database(Throwable cause) {
        if (cause instanceof StorageException known) {
            return known;
        }
        return switch (SqliteFailure.of(cause)) {
            case FULL -> new StorageFull(cause);
            case NOT_WRITABLE ->
                new StorageRejected(
                        "The database of the local store is not writable; check the permissions of the data folder",
                        cause);
            case CORRUPT ->
                new StorageRejected("The database of the local store is damaged; restore it from a backup", cause);
            case OTHER -> new StorageUnavailable("The database of the local store does not respond as expected", cause);
        };
    }

    /** The JDK has no error code, only the system's message, which may be localized, so the free space is checked, too. */
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
