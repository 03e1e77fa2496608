package dev.stowage.core.upload;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.file.ObjectChunks;
import dev.stowage.core.key.ObjectKey;
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

    private final class ConcatenatedStream extends ChunkStream {

        private final Iterator<ObjectKey> rest;
        private Optional<ObjectChunks> current = Optional.empty();

        ConcatenatedStream(Iterator<ObjectKey> rest) {
            this.rest = rest;
        }

        @Override
        protected Optional<byte[]> next() throws IOException {
            try {
                Optional<byte[]> next = current.flatMap(ObjectChunks::next);
                while (next.isEmpty() && rest.hasNext()) {
                    ObjectChunks opened = ObjectChunks.open(store, rest.next());
                    current = Optional.of(opened);
                    next = opened.next();
                }
                return next;
            } catch (StorageException e) {
                throw new IOException("a partial upload can't be read", e);
            }
        }
    }
}
