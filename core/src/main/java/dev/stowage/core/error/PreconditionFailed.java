package dev.stowage.core.error;

import java.util.Map;

/** The condition of a read or write does not hold. Nothing was changed. */
public final class PreconditionFailed extends StorageException {

    /** For a condition on a resource that is not a file. */
    public PreconditionFailed(String message) {
        super(ErrorCode.PRECONDITION_FAILED, message, Map.of(), null);
    }

    public PreconditionFailed(String message, String key) {
        super(ErrorCode.PRECONDITION_FAILED, message, Map.of("key", key), null);
    }
}
