package dev.stowage.core.error;

import java.util.Map;

/** The local store has no room left. Nothing was stored. */
public final class StorageFull extends StorageException {

    public StorageFull(Throwable cause) {
        super(ErrorCode.STORAGE_FULL, "The store has no space left", Map.of(), cause);
    }
}
