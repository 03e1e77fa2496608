package dev.stowage.local.index;

/**
 * The cause of a {@link dev.stowage.core.error.StorageUnavailable} after which a change may have been made, or be made yet: what it
 * was to name must not be removed.
 */
public final class OutcomeUnknown extends RuntimeException {
    static final String MESSAGE =
            "The local store's database did not confirm a change, so it may have been made or not; look, and try again";

    OutcomeUnknown(Throwable cause) {
        super(cause);
    }
}
