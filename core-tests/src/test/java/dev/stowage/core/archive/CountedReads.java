package dev.stowage.core.archive;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read. For one thread. */
final class CountedReads extends ForwardingObjectStore {

    private long bytes;

    CountedReads(ObjectStore delegate) {
        super(delegate);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return super.read(key, options, (info, span, body) -> {
            InputStream counted = new FilterInputStream(body) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    bytes += Math.max(count, 0);
                    return count;
                }
            };
            return reader.read(info, span, counted);
        });
    }
}
