package dev.stowage.core.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store or a database can't be reached, times out or throttles. The same request may succeed later. */
public final class StorageUnavailable extends StorageException {

    private final boolean outcomeUnknown;

    /** A failure after which nothing was changed, as far as the component that throws it knows. */
    public StorageUnavailable(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private StorageUnavailable(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(ErrorCode.STORAGE_UNAVAILABLE, message, Map.of(), cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** A failure of a database change that may or may not have been made, or may still be made. */
    public static StorageUnavailable outcomeUnknown(String message, @Nullable Throwable cause) {
        return new StorageUnavailable(message, cause, true);
    }

    /**
     * Whether the database change may have been made. Files that it refers to must not be deleted then, and callers have to read the state
     * again.
     */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
