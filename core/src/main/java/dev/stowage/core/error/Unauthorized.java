package dev.stowage.core.error;

import java.util.Map;

/** The client could not be authenticated: credentials are missing or not valid. The response does not say which. */
public final class Unauthorized extends StorageException {

    public Unauthorized(String message) {
        super(ErrorCode.UNAUTHORIZED, message, Map.of(), null);
    }
}
