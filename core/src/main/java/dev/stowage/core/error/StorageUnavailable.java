package dev.stowage.core.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store can't be reached, times out or throttles. The same request may succeed later. */
public final class StorageUnavailable extends StorageException {

    public StorageUnavailable(String message, @Nullable Throwable cause) {
        super(ErrorCode.STORAGE_UNAVAILABLE, message, Map.of(), cause);
    }
}
