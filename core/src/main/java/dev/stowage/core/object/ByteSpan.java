package dev.stowage.core.object;

/**
 * A contiguous range of an object's bytes.
 *
 * @param offset of the first byte
 * @param length in bytes; zero only for an empty object
 */
public record ByteSpan(long offset, long length) {

    /** @throws IllegalArgumentException when offset or length is negative */
    public ByteSpan {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("not a span: " + offset + "+" + length);
        }
    }

    /** Returns the span of all bytes of an object of {@code size} bytes. */
    public static ByteSpan whole(long size) {
        return new ByteSpan(0, size);
    }

    /** Returns the offset of the last byte; one less than {@link #offset()} for an empty object. */
    public long last() {
        return offset + length - 1;
    }
}
