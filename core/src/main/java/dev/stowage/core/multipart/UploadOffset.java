package dev.stowage.core.multipart;

/**
 * How many bytes of an upload count.
 *
 * @param parts the number of bytes in its parts
 * @param kept the number of pending bytes after them
 */
public record UploadOffset(long parts, long kept) {

    /** Returns the offset of the next byte. */
    public long offset() {
        return parts + kept;
    }
}
