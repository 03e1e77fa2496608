package dev.stowage.core.error;

import java.util.Map;

/** The caller has no right to the operation, or its signature or token is not valid. */
public final class AccessDenied extends StorageException {

    public AccessDenied(String message) {
        super(ErrorCode.ACCESS_DENIED, message, Map.of(), null);
    }
}
