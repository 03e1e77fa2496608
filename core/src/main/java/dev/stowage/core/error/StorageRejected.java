package dev.stowage.core.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store rejected the service's request: wrong credentials, a missing bucket, missing permissions. Needs action by an operator. */
public final class StorageRejected extends StorageException {

    public StorageRejected(String message, @Nullable Throwable cause) {
        super(ErrorCode.STORAGE_REJECTED, message, Map.of(), cause);
    }
}
