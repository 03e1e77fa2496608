package dev.stowage.core.multipart;

/**
 * The limits of part sizes in a store.
 *
 * @param minSize the minimum size in bytes of every part except the last
 * @param maxSize the maximum size of a part in bytes
 */
public record PartLimits(long minSize, long maxSize) {

    /** The limits of Amazon S3 and most other stores: 5 MiB to 5 GiB. */
    public static final PartLimits S3 = new PartLimits(5L << 20, 5L << 30);
}
