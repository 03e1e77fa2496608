package dev.stowage.core.object;

import dev.stowage.core.error.PayloadTooLarge;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A body with a maximum size. It is rejected when it is opened if its announced length is larger, and otherwise at the first byte beyond
 * the limit.
 */
public final class LimitedContent implements Content {

    private final Content content;
    private final long maxSize;

    /** @param maxSize in bytes */
    public LimitedContent(Content content, long maxSize) {
        this.content = content;
        this.maxSize = maxSize;
    }

    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public boolean replayable() {
        return content.replayable();
    }

    /** @throws PayloadTooLarge when the announced length is larger than the limit */
    @Override
    public InputStream open() throws IOException {
        if (length().orElse(0) > maxSize) {
            throw new PayloadTooLarge(maxSize);
        }
        return new LimitedStream(content.open(), maxSize);
    }

    private static final class LimitedStream extends FilterInputStream {

        private final long maxSize;
        private long position;

        LimitedStream(InputStream source, long maxSize) {
            super(source);
            this.maxSize = maxSize;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            position += bytes;
            if (position > maxSize) {
                throw new PayloadTooLarge(maxSize);
            }
        }
    }
}
