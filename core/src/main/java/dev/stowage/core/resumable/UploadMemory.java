package dev.stowage.core.resumable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * The memory that all uploads together may gather their parts in. Nobody waits for it: whoever gets none writes what came to the record
 * at once. So slow clients, however many, can't stop others.
 *
 * <p>The bytes lie in segments that are used again, small enough for the garbage collector to treat them as ordinary objects. Safe for
 * concurrent use.
 */
public final class UploadMemory {

    /** The size of a segment, in bytes: little more than a slow client sends until its bytes go to the record, as there are many of those. */
    public static final int SEGMENT = 64 << 10;

    private final int segments;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /** @param budget in bytes */
    public UploadMemory(long budget) {
        segments = Math.toIntExact(budget / SEGMENT);
        free = new Semaphore(segments);
    }

    /** Whether at least half of it is free: then one upload may have more than it needs to go on. */
    boolean isPlenty() {
        return free.availablePermits() >= (segments + 1) / 2;
    }

    /** A segment, with any content, to be given back; empty when all are taken. */
    Optional<byte[]> take() {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        byte[] used = unused.pollFirst();
        return Optional.of(used == null ? new byte[SEGMENT] : used);
    }

    void giveBack(List<byte[]> segments) {
        segments.forEach(unused::addFirst);
        free.release(segments.size());
    }
}
