package dev.stowage.testkit;

import dev.stowage.core.object.ByteSpan;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of bytes of an array that can be read until it is closed. */
final class LentStream extends FilterInputStream {

    LentStream(byte[] bytes, ByteSpan span) {
        super(new ByteArrayInputStream(bytes, (int) span.offset(), (int) span.length()));
    }

    /** Lets every further read fail, like a closed network stream. */
    @Override
    public void close() throws IOException {
        in = InputStream.nullInputStream();
        in.close();
    }
}
