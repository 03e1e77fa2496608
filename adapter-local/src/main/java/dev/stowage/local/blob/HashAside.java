package dev.stowage.local.blob;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The MD5 of a blob, computed by a helping thread while the blob's own writes the same bytes and reads on. The helper works on copies, at a
 * {@link HashDesk} that comes with it, and leaves as soon as it has caught up: so a slow body keeps no helper from others, and a blob needs
 * no more memory than without. While all helpers are busy, the blob's thread computes itself.
 *
 * <p>A helper only computes, which can't fail. So whatever ends a blob early has nothing to undo or to wait for here: the helper leaves
 * after the few pieces that it still has. For one thread, the blob's own.
 */
final class HashAside {

    private final HashHelpers helpers;
    private final ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
    private @Nullable HashDesk occupied;

    HashAside(HashHelpers helpers) {
        this.helpers = helpers;
    }

    /**
     * Adds bytes, which may change as soon as this returns. Waits while there is a helper and its desk is full.
     *
     * @param length at most {@link HashDesk#PIECE}
     * @throws ClosedByInterruptException when the thread is interrupted while it waits
     */
    void update(byte[] bytes, int length) throws IOException {
        if (addToOccupied(bytes, length)) {
            return;
        }
        // Nobody else is computing now. What is short of a piece is the end of a body, and hashed sooner than handed
        // over.
        Optional<HashDesk> desk = length < HashDesk.PIECE ? Optional.empty() : helpers.borrow();
        if (desk.isEmpty()) {
            md5.update(bytes, 0, length);
        } else {
            begin(desk.get(), bytes, length);
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
        awaitFewerThan(HashDesk.PIECES);
        if (occupied == null) {
            return false;
        }
        occupied.add(bytes, length);
        return true;
    }

    private synchronized void begin(HashDesk desk, byte[] bytes, int length) {
        desk.add(bytes, length);
        occupied = desk;
        try {
            helpers.execute(() -> catchUp(desk));
        } catch (RejectedExecutionException closed) {
            catchUp(desk);
        }
    }

    private void catchUp(HashDesk desk) {
        do {
            desk.hashFirst(md5);
        } while (!hasCaughtUp(desk));
    }

    private synchronized boolean hasCaughtUp(HashDesk desk) {
        desk.removeFirst();
        if (desk.size() <= HashDesk.PIECES / 2) {
            // Not for each piece: a thread costs more to wake than one is worth.
            notifyAll();
        }
        if (desk.size() > 0) {
            return false;
        }
        occupied = null;
        helpers.giveBack(desk);
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
