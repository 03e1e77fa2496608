package dev.stowage.core.fence;

import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.object.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body that fails with {@link ClaimLost} once a fence is closed, also at its end, so that it does not become an object after that. */
record FencedContent(Content content, Fence fence) implements Content {

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
        return new FencedStream(content.open(), fence);
    }

    private static final class FencedStream extends FilterInputStream {

        private final Fence fence;

        FencedStream(InputStream source, Fence fence) {
            super(source);
            this.fence = fence;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            fence.check();
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            fence.check();
            return read;
        }
    }
}
