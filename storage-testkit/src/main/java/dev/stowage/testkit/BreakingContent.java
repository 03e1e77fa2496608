package dev.stowage.testkit;

import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body that fails after some bytes of a pattern. It can be read once, like the body of a request. */
public final class BreakingContent implements Content {

    private final Content good;
    private final OptionalLong announced;
    private final Failure failure;

    private BreakingContent(long bytes, long seed, OptionalLong announced, Failure failure) {
        this.good = Bodies.pattern(bytes, seed);
        this.announced = announced;
        this.failure = failure;
    }

    /** Returns a body that throws an {@link IOException} after {@code bytes} bytes, as when a client disconnects. */
    public static BreakingContent after(long bytes, long seed, OptionalLong announced) {
        return new BreakingContent(bytes, seed, announced, () -> {
            throw new IOException("the client went away");
        });
    }

    /** Returns a body that throws {@code error} after {@code bytes} bytes. */
    public static BreakingContent with(RuntimeException error, long bytes, long seed, OptionalLong announced) {
        return new BreakingContent(bytes, seed, announced, () -> {
            throw error;
        });
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
    public InputStream open() throws IOException {
        return new BreakingStream(good.open(), failure);
    }

    private interface Failure {
        int fail() throws IOException;
    }

    private static final class BreakingStream extends InputStream {

        private final InputStream good;
        private final Failure failure;

        BreakingStream(InputStream good, Failure failure) {
            this.good = good;
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            int value = good.read();
            return value < 0 ? failure.fail() : value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = good.read(buffer, offset, length);
            return count < 0 ? failure.fail() : count;
        }
    }
}
