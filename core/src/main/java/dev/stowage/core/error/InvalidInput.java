package dev.stowage.core.error;

import java.util.Map;

/** The request can never succeed as it is; the message says what to change. */
public final class InvalidInput extends StorageException {

    public InvalidInput(ErrorCode code, String message) {
        super(code, message, Map.of(), null);
    }

    public InvalidInput(ErrorCode code, String message, Map<String, ?> detail) {
        super(code, message, detail, null);
    }
}
