package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.file.ObjectChunks;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The concatenation of objects, which are read from the store one after the other. */
final class ConcatenatedContent implements Content {

    private final ObjectStore store;
    private final List<ObjectKey> sources;
    private final long size;

    /** @param size the total size in bytes */
    ConcatenatedContent(ObjectStore store, List<ObjectKey> sources, long size) {
        this.store = store;
        this.sources = sources;
        this.size = size;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return new ConcatenatedStream(sources.iterator());
    }

    private final class ConcatenatedStream extends BodyStream {

        private final Iterator<ObjectKey> rest;
        private Optional<ObjectChunks> current = Optional.empty();
        private byte[] chunk = new byte[0];
        private int taken;

        ConcatenatedStream(Iterator<ObjectKey> rest) {
            this.rest = rest;
        }

        @Override
        protected int take(byte[] buffer, int offset, int length) throws IOException {
            if (taken == chunk.length && !advance()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - taken);
            System.arraycopy(chunk, taken, buffer, offset, count);
            taken += count;
            return count;
        }

        private boolean advance() throws IOException {
            Optional<byte[]> next = next();
            while (next.isEmpty() && rest.hasNext()) {
                current = Optional.of(open(rest.next()));
                next = next();
            }
            next.ifPresent(bytes -> chunk = bytes);
            taken = 0;
            return next.isPresent();
        }

        private ObjectChunks open(ObjectKey key) throws IOException {
            try {
                return ObjectChunks.open(store, key);
            } catch (StorageException e) {
                throw new IOException("a partial upload can't be read", e);
            }
        }

        private Optional<byte[]> next() throws IOException {
            try {
                return current.flatMap(ObjectChunks::next);
            } catch (StorageException e) {
                throw new IOException("a partial upload can't be read", e);
            }
        }
    }
}
