package dev.stowage.worker.archive;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;

/** Compares an archive with the limits while it is read. For one thread. */
final class ExtractMeter {

    /** Small archives may be compressed well. */
    private static final long ALWAYS_ALLOWED = 64L << 20;

    private final ExtractLimits limits;
    private final long allowedByRatio;
    private long entries;
    private long bytes;

    /** @param size of the archive */
    ExtractMeter(ExtractLimits limits, long size) {
        this.limits = limits;
        this.allowedByRatio = Math.max(ALWAYS_ALLOWED, Math.min(size, limits.bytes()) * limits.ratio());
    }

    /** Counts an entry. @throws InvalidInput when there are too many */
    void entry() {
        if (++entries > limits.entries()) {
            throw refused("has more than " + limits.entries() + " entries (EXTRACT_MAX_ENTRIES)");
        }
    }

    /** Counts bytes of an entry. @throws InvalidInput when there are too many */
    void bytes(int count) {
        bytes += count;
        if (bytes > limits.bytes()) {
            throw refused("has more than " + limits.bytes() + " bytes in its entries (EXTRACT_MAX_SIZE)");
        }
        if (bytes > allowedByRatio) {
            throw refused("becomes more than " + limits.ratio() + " times as large (EXTRACT_MAX_RATIO)");
        }
    }

    private static InvalidInput refused(String why) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "The archive " + why + "; nothing was extracted");
    }
}
