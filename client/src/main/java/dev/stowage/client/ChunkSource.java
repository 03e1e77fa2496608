package dev.stowage.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The bytes of an upload, a chunk at a time. Used by one thread. */
interface ChunkSource {

    /**
     * A chunk.
     *
     * @param bytes on an array; valid until the next chunk is read
     * @param size the size of the whole file, once it is known
     */
    record Chunk(ByteBuffer bytes, OptionalLong size) {

        BodyPublisher body() {
            return BodyPublishers.ofByteArray(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }

        byte[] digest() {
            return Sha256.of(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
    }

    /**
     * Returns the bytes from a position.
     *
     * @throws StowageException when these bytes can't be read again, or the file has changed
     */
    Chunk read(long position) throws IOException;
}
