package dev.stowage.http.form;

import java.io.InputStream;
import java.util.function.IntSupplier;

/** A body that arrives in chunks, like from a network. */
final class Chunks extends InputStream {

    private final byte[] bytes;
    private final IntSupplier sizes;
    private int position;

    /** @param sizes returns the size of the next chunk, at least 1 */
    Chunks(byte[] bytes, IntSupplier sizes) {
        this.bytes = bytes;
        this.sizes = sizes;
    }

    /** The number of bytes that were read. */
    int position() {
        return position;
    }

    @Override
    public int read() {
        return position < bytes.length ? bytes[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(sizes.getAsInt(), length), bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }
}
