package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How large an upload's parts are: all but the last of one size, as some stores ask for (R2), and at most 10,000.
 *
 * @param limits the store's
 * @param usual of a part, in bytes, where that will do
 */
record PartSizes(PartLimits limits, long usual) {

    private static final long MIB = 1L << 20;

    /** The largest object that S3 keeps. */
    private static final long MAX_OBJECT = 5L << 40;

    /** The largest file that there can be, in bytes. */
    long maxSize() {
        return Math.min(MAX_OBJECT, limits.maxSize() * PartNumber.MAX);
    }

    /**
     * The size of the parts of a file.
     *
     * @param size of the file, in bytes; when it is not known, the usual parts set a limit to it
     * @throws InvalidInput when it is too large
     */
    long of(OptionalLong size) {
        checkSize(size.orElse(0), maxSize());
        long needed = (size.orElse(0) + PartNumber.MAX - 1) / PartNumber.MAX;
        return needed <= usual ? usual : (needed + MIB - 1) / MIB * MIB;
    }

    /** @throws InvalidInput when a file is too large for parts of a size that was chosen before its own was known */
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
