package dev.stowage.core.multipart;

/**
 * How far an upload's bytes reach that count.
 *
 * @param parts how many bytes its parts have
 * @param kept how many are kept after them
 */
public record UploadOffset(long parts, long kept) {

    /** Where the next byte belongs. */
    public long offset() {
        return parts + kept;
    }
}
