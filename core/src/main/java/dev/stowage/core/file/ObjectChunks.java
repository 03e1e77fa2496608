package dev.stowage.core.file;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.Optional;

/** One version of an object, read in chunks of a few MiB, so that no stream stays open while the consumer is slow. */
public final class ObjectChunks {

    private static final int CHUNK = 4 << 20;
    private static final int ATTEMPTS = 3;

    private final ObjectStore store;
    private final ObjectInfo info;
    private byte[] first;
    private long position;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(ObjectInfo info, byte[] bytes) {}

    private ObjectChunks(ObjectStore store, Chunk first) {
        this.store = store;
        this.info = first.info();
        this.first = first.bytes();
    }

    /**
     * Opens the current version at its first byte.
     *
     * @throws NotFound when there is no such object
     */
    public static ObjectChunks open(ObjectStore store, ObjectKey key) {
        return new ObjectChunks(store, first(store, key));
    }

    /** Returns the properties of that version. */
    public ObjectInfo info() {
        return info;
    }

    /**
     * Reads the whole object and returns the current version at its first byte. It is then known to be readable, at the cost of reading it
     * twice. An object that fits into the first chunk has been read when it was opened.
     *
     * @throws dev.stowage.core.error.StorageException when it can't be read to its end
     */
    public ObjectChunks readThrough() {
        if (first.length == info.size()) {
            return this;
        }
        while (next().isPresent()) {
            // Only whether it can be read matters.
        }
        return open(store, info.key());
    }

    /** Returns the next bytes, or empty at the end. @throws dev.stowage.core.error.PreconditionFailed when the object was replaced */
    public Optional<byte[]> next() {
        if (position == info.size()) {
            return Optional.empty();
        }
        byte[] bytes =
                first.length > 0 ? first : read(store, info.key(), options()).bytes();
        first = new byte[0];
        position += bytes.length;
        return Optional.of(bytes);
    }

    private ReadOptions options() {
        return ReadOptions.of(new ByteRange.Slice(position, position + CHUNK - 1))
                .ifMatch(info.etag());
    }

    private static Chunk first(ObjectStore store, ObjectKey key) {
        try {
            return read(store, key, ReadOptions.of(new ByteRange.Slice(0, CHUNK - 1)));
        } catch (RangeNotSatisfiable empty) {
            return new Chunk(store.stat(key).orElseThrow(() -> NotFound.file(key.value())), new byte[0]);
        }
    }

    /**
     * Retries when the connection breaks within a body, instead of starting the archive again. An unavailable store is detected by its own
     * calls.
     */
    private static Chunk read(ObjectStore store, ObjectKey key, ReadOptions options) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.read(key, options, (info, span, body) -> {
                    byte[] bytes = body.readNBytes(Math.toIntExact(span.length()));
                    if (bytes.length < span.length()) {
                        throw new IOException("the body ended early");
                    }
                    return new Chunk(info, bytes);
                });
            } catch (StorageUnavailable e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            } catch (IOException e) {
                throw new StorageUnavailable("The file at " + key + " could not be read to its end", e);
            }
        }
    }
}
