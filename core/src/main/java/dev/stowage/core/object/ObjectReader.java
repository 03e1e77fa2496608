package dev.stowage.core.object;

import java.io.IOException;
import java.io.InputStream;

/** Reads an object that a store lends for the time of the call. */
@FunctionalInterface
public interface ObjectReader<T> {

    /**
     * Called once, before the first byte is read from the store's stream.
     *
     * @param info of the whole object, also when a range was requested
     * @param span the range of bytes in {@code body}
     * @param body exactly {@code span.length()} bytes; closed by the store afterwards, whether or not it was read to the end. If the store
     *     fails within the body, reading throws a {@link dev.stowage.core.error.StorageException} and no {@code IOException}, so every
     *     {@code IOException} thrown by this method comes from the reader
     * @throws IOException when the reader can't deliver the bytes
     */
    T read(ObjectInfo info, ByteSpan span, InputStream body) throws IOException;
}
