package dev.stowage.core.error;

import java.util.Map;

/** The store in use does not offer this at all; a retry will not help. */
public final class NotSupported extends StorageException {

    public NotSupported(String message) {
        super(ErrorCode.NOT_SUPPORTED, message, Map.of(), null);
    }
}
