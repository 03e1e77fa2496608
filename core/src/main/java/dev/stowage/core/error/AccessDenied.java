package dev.stowage.core.error;

import java.util.Map;

/** The caller may not do this, or the proof it brought does not hold. */
public final class AccessDenied extends StorageException {

    public AccessDenied(String message) {
        super(ErrorCode.ACCESS_DENIED, message, Map.of(), null);
    }
}
