package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;

/**
 * The limits of part sizes in a store.
 *
 * @param minSize the minimum size in bytes of every part except the last; 1 for none
 * @param maxSize the maximum size of a part in bytes
 */
public record PartLimits(long minSize, long maxSize) {

    /** The limits of Amazon S3 and most other stores: 5 MiB to 5 GiB. */
    public static final PartLimits S3 = new PartLimits(5L << 20, 5L << 30);

    /** @throws IllegalArgumentException unless {@code 1 <= minSize <= maxSize} */
    public PartLimits {
        if (minSize < 1 || maxSize < minSize) {
            throw new IllegalArgumentException("not the limits of a part: " + minSize + " to " + maxSize + " bytes");
        }
    }

    /** @throws InvalidInput when a part of {@code size} bytes, or of more than the {@code size} bytes received so far, is too large */
    public void checkSize(long size) {
        if (size > maxSize) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A part has at most " + maxSize + " bytes",
                    Map.of("max_part_size", maxSize));
        }
    }
}
