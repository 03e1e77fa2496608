package dev.stowage.core.error;

import java.util.Map;

/** The request collides with something that is under way. */
public final class Conflict extends StorageException {

    public Conflict(String message) {
        super(ErrorCode.CONFLICT, message, Map.of(), null);
    }
}
