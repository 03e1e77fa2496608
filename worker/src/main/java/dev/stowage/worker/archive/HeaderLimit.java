package dev.stowage.worker.archive;

import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits how many bytes are read from one entry to the next. A header of TAR may have a name of any length, which the library holds in
 * memory. For one thread.
 */
final class HeaderLimit extends BodyStream {

    private static final int MOST = 1 << 20;

    private final InputStream bytes;
    private boolean header;
    private int left;

    HeaderLimit(InputStream bytes) {
        this.bytes = bytes;
    }

    /** Limits nothing. */
    static HeaderLimit none() {
        return new HeaderLimit(InputStream.nullInputStream());
    }

    /** Limits what is read until {@link #end}. */
    void begin() {
        header = true;
        left = MOST;
    }

    void end() {
        header = false;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int count = bytes.read(buffer, offset, length);
        if (header && count > 0) {
            left -= count;
            if (left < 0) {
                throw new IOException("the header of an entry is larger than " + MOST + " bytes");
            }
        }
        return count;
    }
}
