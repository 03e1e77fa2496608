package dev.stowage.core.error;

import java.util.Map;

/** The requested range is outside of the object. */
public final class RangeNotSatisfiable extends StorageException {

    private final long size;

    /** @param size the size of the whole object, in bytes */
    public RangeNotSatisfiable(long size) {
        super(
                ErrorCode.RANGE_NOT_SATISFIABLE,
                "The range is outside the file, which has " + size + " bytes",
                Map.of("size", size),
                null);
        this.size = size;
    }

    /** Returns the size of the whole object in bytes. */
    public long size() {
        return size;
    }
}
