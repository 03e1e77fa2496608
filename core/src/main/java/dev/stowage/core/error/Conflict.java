package dev.stowage.core.error;

import java.util.Map;

/** The request conflicts with the current state, or with another request. */
public final class Conflict extends StorageException {

    public Conflict(String message) {
        this(message, Map.of());
    }

    public Conflict(String message, Map<String, ?> detail) {
        super(ErrorCode.CONFLICT, message, detail, null);
    }
}
