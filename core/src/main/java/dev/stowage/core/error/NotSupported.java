package dev.stowage.core.error;

import java.util.Map;

/** The store does not support the operation; a retry does not help. */
public final class NotSupported extends StorageException {

    public NotSupported(String message) {
        super(ErrorCode.NOT_SUPPORTED, message, Map.of(), null);
    }
}
