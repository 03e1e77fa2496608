package dev.stowage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream that is read in blocks. */
abstract class BulkStream extends InputStream {

    /** Reads up to {@code length} bytes, at least one; {@code -1} at the end. The arguments are checked, and the length is not zero. */
    abstract int take(byte[] buffer, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return take(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        return length == 0 ? 0 : take(buffer, offset, length);
    }
}
