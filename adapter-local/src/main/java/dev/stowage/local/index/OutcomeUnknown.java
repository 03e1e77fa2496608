package dev.stowage.local.index;

/**
 * The cause of a {@link dev.stowage.core.error.StorageUnavailable} after which a change may have been made, or be made yet: what it
 * was to name must not be removed.
 */
public final class OutcomeUnknown extends RuntimeException {
    OutcomeUnknown(String message) {
        super(message);
    }

    OutcomeUnknown(Throwable cause) {
        super(cause);
    }
}
