package dev.stowage.core.object;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body that announces any length, returns a few bytes at a time, can fail after that, and counts how often it is closed. */
final class FakeContent implements Content {

    private static final int AT_ONCE = 3;

    private final byte[] bytes;
    private final OptionalLong announced;
    private final boolean breaks;
    private int closed;

    FakeContent(byte[] bytes, OptionalLong announced, boolean breaks) {
        this.bytes = bytes;
        this.announced = announced;
        this.breaks = breaks;
    }

    @Override
    public OptionalLong length() {
        return announced;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public InputStream open() {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                if (value < 0 && breaks) {
                    throw new IOException("the client went away");
                }
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = in.read(buffer, offset, Math.min(length, AT_ONCE));
                if (count < 0 && breaks) {
                    throw new IOException("the client went away");
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                closed++;
                throw new IOException("closing fails, too");
            }
        };
    }

    int closed() {
        return closed;
    }
}
