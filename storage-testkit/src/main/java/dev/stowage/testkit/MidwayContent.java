package dev.stowage.testkit;

import dev.stowage.core.object.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A patterned body of the seed 1, which can be read once, and in whose middle something happens. */
final class MidwayContent implements Content {

    private final long size;
    private final Runnable event;

    /** @param event run by the thread that reads the body, after more than half of it */
    MidwayContent(long size, Runnable event) {
        this.size = size;
        this.event = event;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public InputStream open() {
        return new FilterInputStream(Bodies.stream(size, 1)) {
            private long position;
            private boolean over;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = in.read(buffer, offset, length);
                position += Math.max(count, 0);
                if (!over && position > size / 2) {
                    over = true;
                    event.run();
                }
                return count;
            }
        };
    }
}
