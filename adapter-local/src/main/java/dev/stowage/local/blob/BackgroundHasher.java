package dev.stowage.local.blob;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Computes the MD5 of a blob on a helper thread while the blob's own thread writes the bytes and reads on. The helper works on copies in a
 * {@link HashBuffer}, and returns to the pool as soon as it has caught up, so a slow body does not occupy it, and a blob needs
 * no additional memory. While all helpers are busy, the blob's thread computes the digest itself.
 *
 * <p>A helper only computes, which can't fail. A blob that ends early therefore has nothing to undo or wait for: the helper returns
 * after the few chunks that it still has. For one thread, the blob's own.
 */
final class BackgroundHasher {

    private final HasherPool helpers;
    private final ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
    private @Nullable HashBuffer occupied;

    BackgroundHasher(HasherPool helpers) {
        this.helpers = helpers;
    }

    /**
     * Adds bytes, which may change as soon as this returns. Waits while there is a helper whose buffer is full.
     *
     * @param length at most {@link HashBuffer#PIECE}
     * @throws ClosedByInterruptException when the thread is interrupted while it waits
     */
    void update(byte[] bytes, int length) throws IOException {
        if (addToOccupied(bytes, length)) {
            return;
        }
        // No helper is computing now. An incomplete chunk is the end of a body, and is hashed faster than handed
        // over.
        Optional<HashBuffer> buffer = length < HashBuffer.PIECE ? Optional.empty() : helpers.borrow();
        if (buffer.isEmpty()) {
            md5.update(bytes, 0, length);
        } else {
            begin(buffer.get(), bytes, length);
        }
    }

    /**
     * The digest of all bytes, in hexadecimal. Waits until the helper has caught up.
     *
     * @throws ClosedByInterruptException when the thread is interrupted while it waits
     */
    synchronized String finish() throws IOException {
        awaitFewerThan(1);
        return HexFormat.of().formatHex(md5.finish());
    }

    private synchronized boolean addToOccupied(byte[] bytes, int length) throws IOException {
        awaitFewerThan(HashBuffer.PIECES);
        if (occupied == null) {
            return false;
        }
        occupied.add(bytes, length);
        return true;
    }

    private synchronized void begin(HashBuffer buffer, byte[] bytes, int length) {
        buffer.add(bytes, length);
        occupied = buffer;
        try {
            helpers.execute(() -> catchUp(buffer));
        } catch (RejectedExecutionException closed) {
            catchUp(buffer);
        }
    }

    private void catchUp(HashBuffer buffer) {
        do {
            buffer.hashFirst(md5);
        } while (!hasCaughtUp(buffer));
    }

    private synchronized boolean hasCaughtUp(HashBuffer buffer) {
        buffer.removeFirst();
        if (buffer.size() <= HashBuffer.PIECES / 2) {
            // Not for each chunk: waking a thread costs more than hashing one.
            notifyAll();
        }
        if (buffer.size() > 0) {
            return false;
        }
        occupied = null;
        helpers.giveBack(buffer);
        return true;
    }

    private synchronized void awaitFewerThan(int pieces) throws ClosedByInterruptException {
        try {
            while (occupied != null && occupied.size() >= pieces) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }
}
