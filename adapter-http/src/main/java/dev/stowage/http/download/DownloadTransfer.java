package dev.stowage.http.download;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.http.limit.FairTransferScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/** Copies bytes from the store to clients. Safe for concurrent use. */
final class DownloadTransfer {

    /** Larger reads from the S3 client are hardly more efficient, and with thousands of downloads they would fill a small heap. */
    private static final int CHUNK = 64 << 10;

    /** The bytes that one turn copies: about half a millisecond of work, compared with which switching is cheap. */
    private static final int TURN = 8 * CHUNK;

    private final FairTransferScheduler turns;

    DownloadTransfer(FairTransferScheduler turns) {
        this.turns = turns;
    }

    /**
     * Copies exactly the bytes of {@code span}.
     *
     * @throws IOException when the client has disconnected
     */
    void copy(InputStream body, ByteSpan span, OutputStream client) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(span.length(), 1))];
        if (span.length() <= CHUNK) {
            // Cheaper to do at once than to wait for a turn.
            copy(body, chunk, span.length(), client);
            return;
        }
        for (long done = 0; done < span.length(); done += TURN) {
            long length = Math.min(TURN, span.length() - done);
            turns.run(() -> copy(body, chunk, length, client));
        }
    }

    private static void copy(InputStream body, byte[] chunk, long length, OutputStream client) throws IOException {
        for (long left = length; left > 0; ) {
            int count = body.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            if (count == 0) {
                throw new StorageUnavailable("The store ended the file's content early", null);
            }
            write(chunk, count, client);
            left -= count;
        }
    }

    /** Writes the array in one piece; Jetty would split one that is larger than its buffer. */
    private static void write(byte[] chunk, int count, OutputStream client) throws IOException {
        if (client instanceof HttpOutput jetty) {
            jetty.write(ByteBuffer.wrap(chunk, 0, count));
        } else {
            client.write(chunk, 0, count);
        }
    }
}
