package dev.stowage.core.object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A body that is going to be stored. The store pulls it: it opens the stream, reads it through {@link ContentStream}, and closes
 * it, once.
 */
public interface Content {

    /** How many bytes there are, where that is known beforehand. */
    OptionalLong length();

    /** Whether {@link #open()} may be called again and gives the same bytes; if not, a store must not retry behind our back. */
    boolean replayable();

    /**
     * The bytes, from the first. Whoever calls this closes the stream.
     *
     * @throws IOException when the source can't be read
     * @throws IllegalStateException on the second call, unless {@link #replayable()}
     */
    InputStream open() throws IOException;

    /** Bytes in memory, replayable. The array must not change any more. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(bytes.length);
            }

            @Override
            public boolean replayable() {
                return true;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** A stream that can be read once, such as the body of a request. */
    static Content once(InputStream stream, OptionalLong length) {
        AtomicReference<InputStream> source = new AtomicReference<>(stream);
        return new Content() {
            @Override
            public OptionalLong length() {
                return length;
            }

            @Override
            public boolean replayable() {
                return false;
            }

            @Override
            @SuppressWarnings("NullAway") // null marks the stream as taken
            public InputStream open() {
                InputStream taken = source.getAndSet(null);
                if (taken == null) {
                    throw new IllegalStateException("this body can be read only once");
                }
                return taken;
            }
        };
    }
}
