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

    /** Returns the exception for a field, parameter or header of a request; the detail of the response names it. */
    public static InvalidInput ofField(String field, String message) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message, Map.of("field", field));
    }
}
