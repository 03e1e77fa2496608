package dev.stowage.core.error;

import java.util.Map;

/** The caller asked for something that can never work; the message says what to change. */
public final class InvalidInput extends StorageException {

    public InvalidInput(ErrorCode code, String message) {
        super(code, message, Map.of(), null);
    }

    public InvalidInput(ErrorCode code, String message, Map<String, ?> detail) {
        super(code, message, detail, null);
    }
}
