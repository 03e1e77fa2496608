package dev.stowage.core.error;

import java.util.Map;

/** The local disk is full. Nothing was stored. */
public final class StorageFull extends StorageException {

    public StorageFull(Throwable cause) {
        super(ErrorCode.STORAGE_FULL, "The store has no space left", Map.of(), cause);
    }
}
