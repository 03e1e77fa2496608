package dev.stowage.core.upload;

import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.util.Optional;

/** A stream of chunks, which subclasses supply one after the other. */
abstract class ChunkStream extends BodyStream {

    private byte[] chunk = new byte[0];
    private int taken;

    /** Returns the next bytes, which are not modified; empty at the end. Called when the previous ones have been read. */
    protected abstract Optional<byte[]> next() throws IOException;

    @Override
    protected final int take(byte[] buffer, int offset, int length) throws IOException {
        while (taken == chunk.length) {
            Optional<byte[]> next = next();
            if (next.isEmpty()) {
                return -1;
            }
            chunk = next.get();
            taken = 0;
        }
        int count = Math.min(length, chunk.length - taken);
        System.arraycopy(chunk, taken, buffer, offset, count);
        taken += count;
        return count;
    }
}
