package dev.stowage.sqlite;

/**
 * The cause of a {@link dev.stowage.core.error.StorageUnavailable} when the change may have been made, or may still be made.
 * Files that the change refers to must not be deleted, and callers have to read the state again.
 */
public final class OutcomeUnknown extends RuntimeException {

    OutcomeUnknown(Throwable cause) {
        super("the outcome of a commit is unknown", cause);
    }
}
