package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that all uploads together may gather their parts in. Nobody waits for what a client is still to fill: whoever gets none writes
 * what came to the record. So slow clients, however many, can't stop others.
 *
 * <p>The bytes lie in segments that are used again, small enough for the garbage collector to treat them as ordinary objects. Safe for
 * concurrent use.
 */
final class UploadMemory {

    /** The size of a segment, in bytes. Each of many slow clients has one that is not full. */
    public static final int SEGMENT = 64 << 10;

    /** How long is waited for a part on its way to the store, which gives its memory back soon. */
    private static final long PATIENCE_MILLIS = 200;

    private final int segments;
    private final Semaphore free;
    private final AtomicInteger partsUnderWay = new AtomicInteger();
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /** @param budget in bytes */
    UploadMemory(long budget) {
        segments = Math.toIntExact(budget / SEGMENT);
        free = new Semaphore(segments);
    }

    /** Whether at least half of it is free: then one upload may have more than it needs to go on. */
    boolean isPlenty() {
        return free.availablePermits() >= (segments + 1) / 2;
    }

    /** A part is on its way: its memory is given back when it is there. */
    void partBegins() {
        partsUnderWay.incrementAndGet();
    }

    void partEnds() {
        partsUnderWay.decrementAndGet();
    }

    /** A segment, with any content, to be given back; empty when all are taken. Waits a little while parts are on their way. */
    Optional<byte[]> take() {
        if (!free.tryAcquire() && !(partsUnderWay.get() > 0 && isGivenBack())) {
            return Optional.empty();
        }
        byte[] used = unused.pollFirst();
        return Optional.of(used == null ? new byte[SEGMENT] : used);
    }

    private boolean isGivenBack() {
        try {
            return free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("The operation was interrupted", e);
        }
    }

    void giveBack(List<byte[]> segments) {
        segments.forEach(unused::addFirst);
        free.release(segments.size());
    }
}
