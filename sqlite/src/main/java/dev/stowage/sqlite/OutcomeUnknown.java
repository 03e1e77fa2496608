package dev.stowage.sqlite;

/**
 * The cause of a {@link dev.stowage.core.error.StorageUnavailable} after which a change may have been made, or be made yet: what it
 * was to name must not be removed, and callers read again what is there.
 */
public final class OutcomeUnknown extends RuntimeException {

    OutcomeUnknown(Throwable cause) {
        super("the outcome of a commit is unknown", cause);
    }
}
