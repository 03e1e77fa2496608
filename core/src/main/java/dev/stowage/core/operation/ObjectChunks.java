package dev.stowage.core.operation;

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

/** One version of an object, pulled a few MiB at a time, so that nothing is held open while the taker takes its time. */
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
     * The version that is there now, from its first byte.
     *
     * @throws NotFound when there is no such object
     */
    public static ObjectChunks open(ObjectStore store, ObjectKey key) {
        return new ObjectChunks(store, first(store, key));
    }

    /** What is known of that version. */
    public ObjectInfo info() {
        return info;
    }

    /**
     * The version that is there once all of this was read, from its first byte: known to be readable, at the cost of reading it twice. What
     * fits into the first bytes was read by opening it.
     *
     * @throws dev.stowage.core.error.StorageException when it can't be read to its end
     */
    ObjectChunks readThrough() {
        if (first.length == info.size()) {
            return this;
        }
        while (next().isPresent()) {
            // Only whether it can be read is of interest.
        }
        return open(store, info.key());
    }

    /** The next bytes; empty at the end. @throws dev.stowage.core.error.PreconditionFailed when the object was replaced */
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

    /** A connection that breaks within a body is no reason to begin all over; a store that is away is one, which its own calls find out. */
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
