package dev.stowage.core.object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** A body to be stored. The store opens its stream, reads it through {@link ContentStream}, and closes it, once. */
public interface Content {

    /** Returns the number of bytes, if it is known in advance. */
    OptionalLong length();

    /** Whether {@link #open()} may be called again and returns the same bytes. If not, a store must not retry with it. */
    boolean replayable();

    /**
     * Opens the bytes from the first one. The caller closes the stream.
     *
     * @throws IOException when the source can't be read
     * @throws IllegalStateException on the second call, unless {@link #replayable()}
     */
    InputStream open() throws IOException;

    /**
     * Returns digests of all bytes that the content itself has verified, and that were not known before its last byte, such as those in
     * trailers. Empty until the stream has been read to its end.
     */
    default List<Checksum> digests() {
        return List.of();
    }

    /** Returns replayable content of bytes in memory. The array must not be changed afterwards. */
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

    /** Returns the content of a stream that can be read once, such as the body of a request. */
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
