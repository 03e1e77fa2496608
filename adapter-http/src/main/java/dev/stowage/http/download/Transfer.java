package dev.stowage.http.download;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.ByteSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes from the store to the client. */
final class Transfer {

    /** Reads of this size cost the least, measured against the S3 client; the server writes them through without a copy. */
    private static final int CHUNK = 64 << 10;

    private Transfer() {}

    /**
     * Copies exactly what {@code span} says.
     *
     * @throws IOException when the client is gone
     */
    static void copy(InputStream body, ByteSpan span, OutputStream client) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(span.length(), 1))];
        long left = span.length();
        while (left > 0) {
            int count = body.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            if (count == 0) {
                throw new StorageUnavailable("The store ended the file early", null);
            }
            client.write(chunk, 0, count);
            left -= count;
        }
    }
}
