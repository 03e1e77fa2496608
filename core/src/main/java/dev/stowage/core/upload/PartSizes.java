package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Chooses the size of an upload's parts. All but the last have the same size, as some stores require (R2), and there are at most 10,000.
 *
 * @param limits of the store
 * @param usual the size of a part in bytes, unless the file needs larger ones
 */
record PartSizes(PartLimits limits, long usual) {

    private static final long MIB = 1L << 20;

    /** The maximum size of an S3 object. */
    private static final long MAX_OBJECT = 5L << 40;

    /** Returns the maximum size of a file in bytes. */
    long maxSize() {
        return Math.min(MAX_OBJECT, limits.maxSize() * PartNumber.MAX);
    }

    /**
     * Returns the size of the parts of a file.
     *
     * @param size of the file in bytes; when it is unknown, the usual part size limits it
     * @throws InvalidInput when the file is too large
     */
    long of(OptionalLong size) {
        checkSize(size.orElse(0), maxSize());
        long needed = (size.orElse(0) + PartNumber.MAX - 1) / PartNumber.MAX;
        return needed <= usual ? usual : (needed + MIB - 1) / MIB * MIB;
    }

    /** @throws InvalidInput when a file is too large for the part size that was chosen before its size was known */
    static void check(long size, long partSize) {
        checkSize(size, partSize * PartNumber.MAX);
    }

    private static void checkSize(long size, long max) {
        if (size > max) {
            throw new InvalidInput(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The file has " + size + " bytes, over the limit of " + max + " for this upload",
                    Map.of("max_size", max));
        }
    }
}
