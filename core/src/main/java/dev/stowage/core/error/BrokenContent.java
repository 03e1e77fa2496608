package dev.stowage.core.error;

import java.io.IOException;
import java.util.Map;

/** The body to be stored ended early, was too long, or could not be read. Nothing was stored. */
public final class BrokenContent extends StorageException {

    public BrokenContent(String message) {
        super(ErrorCode.INVALID_REQUEST, message, Map.of(), null);
    }

    public BrokenContent(String message, IOException cause) {
        super(ErrorCode.INVALID_REQUEST, message, Map.of(), cause);
    }
}
