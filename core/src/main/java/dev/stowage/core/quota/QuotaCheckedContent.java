package dev.stowage.core.quota;

import dev.stowage.core.object.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body that is checked while it is read: no byte is returned beyond the permitted size. */
final class QuotaCheckedContent implements Content {

    private final Content content;
    private final SizeCheck room;

    QuotaCheckedContent(Content content, SizeCheck room) {
        this.content = content;
        this.room = room;
    }

    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public boolean replayable() {
        return content.replayable();
    }

    @Override
    public InputStream open() throws IOException {
        return new CheckedStream(content.open(), room);
    }

    private static final class CheckedStream extends FilterInputStream {

        private final SizeCheck room;
        private long position;

        CheckedStream(InputStream source, SizeCheck room) {
            super(source);
            this.room = room;
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
            room.check(position);
        }
    }
}
