package dev.stowage.s3;

import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import java.util.OptionalLong;

/**
 * How a body is split: into parts of equal size, as R2 requires, with a smaller last one.
 *
 * @param partSize in bytes
 * @param length of the whole body, when it is known
 */
record Split(long partSize, OptionalLong length) {

    private static final long MIB = 1L << 20;

    /**
     * Parts of {@code chunk} bytes, or larger ones when more than 10,000 would be needed.
     *
     * @throws PayloadTooLarge when even parts of the maximum size are not enough
     */
    static Split of(long length, long chunk) {
        long needed = (length + PartNumber.MAX - 1) / PartNumber.MAX;
        long grown = (needed + MIB - 1) / MIB * MIB;
        if (grown > PartLimits.S3.maxSize()) {
            throw new PayloadTooLarge(PartLimits.S3.maxSize() * PartNumber.MAX);
        }
        return new Split(Math.max(chunk, grown), OptionalLong.of(length));
    }

    /** The size of the part that begins at {@code position}, or its maximum. */
    long sizeAt(long position) {
        return length.isPresent() ? Math.min(partSize, length.getAsLong() - position) : partSize;
    }

    /** @throws PayloadTooLarge when there are more parts than an upload may have, for a body of unknown length */
    void check(int number) {
        if (number > PartNumber.MAX) {
            throw new PayloadTooLarge(partSize * PartNumber.MAX);
        }
    }
}
