package dev.stowage.core.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The base of streams that read many bytes at a time. Subclasses implement one method. */
public abstract class BodyStream extends InputStream {

    /**
     * Reads up to {@code length} bytes into {@code buffer}.
     *
     * @param length at least 1; the range is within the buffer
     * @return the number of bytes, at least 1; -1 at the end
     */
    protected abstract int take(byte[] buffer, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        return length == 0 ? 0 : take(buffer, offset, length);
    }
}
