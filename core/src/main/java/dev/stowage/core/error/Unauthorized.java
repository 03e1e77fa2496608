package dev.stowage.core.error;

import java.util.Map;

/** Nobody knows who asks: there are no credentials, or they are not good, which is all that is said of them. */
public final class Unauthorized extends StorageException {

    public Unauthorized(String message) {
        super(ErrorCode.UNAUTHORIZED, message, Map.of(), null);
    }
}
