package dev.stowage.core.object;

import java.io.IOException;
import java.io.InputStream;

/** What a reader does with an object that a store lends it. */
@FunctionalInterface
public interface ObjectReader<T> {

    /**
     * Called once, before the first byte is read from the store's stream.
     *
     * @param info the whole object, whatever part of it was asked for
     * @param span the bytes that {@code body} has
     * @param body exactly {@code span.length()} bytes; closed by the store afterwards, whether read to the end or not. When the
     *     store fails within the body, reading throws a {@link dev.stowage.core.error.StorageException} and no
     *     {@code IOException}, so whatever {@code IOException} leaves this method is the reader's own
     * @throws IOException when the reader can't deliver the bytes
     */
    T read(ObjectInfo info, ByteSpan span, InputStream body) throws IOException;
}
