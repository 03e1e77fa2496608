package dev.stowage.testkit;

import dev.stowage.core.object.ByteSpan;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Some bytes of an array, until it is closed. */
final class LentStream extends FilterInputStream {

    LentStream(byte[] bytes, ByteSpan span) {
        super(new ByteArrayInputStream(bytes, (int) span.offset(), (int) span.length()));
    }

    /** From now on every read fails, as a stream's from the network would. */
    @Override
    public void close() throws IOException {
        in = InputStream.nullInputStream();
        in.close();
    }
}
