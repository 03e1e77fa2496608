package dev.stowage.core.multipart;

/**
 * How large a store lets parts be.
 *
 * @param minSize of every part but the last, in bytes
 * @param maxSize of any part, in bytes
 */
public record PartLimits(long minSize, long maxSize) {

    /** What Amazon S3 and most others hold to: 5 MiB to 5 GiB. */
    public static final PartLimits S3 = new PartLimits(5L << 20, 5L << 30);
}
