package dev.stowage.core.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store refused us: bad credentials, a missing bucket, access denied. An operator has to act. */
public final class StorageRejected extends StorageException {

    public StorageRejected(String message, @Nullable Throwable cause) {
        super(ErrorCode.STORAGE_REJECTED, message, Map.of(), cause);
    }
}
