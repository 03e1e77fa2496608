package dev.stowage.s3api.xml;

import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that fails after a number of bytes. */
final class XmlBytes extends BodyStream {

    private final InputStream source;
    private final Supplier<RuntimeException> failure;
    private long left;

    XmlBytes(InputStream source, long maxBytes, Supplier<RuntimeException> failure) {
        this.source = source;
        this.left = maxBytes;
        this.failure = failure;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int count = source.read(buffer, offset, length);
        left -= Math.max(count, 0);
        if (left < 0) {
            throw failure.get();
        }
        return count;
    }
}
