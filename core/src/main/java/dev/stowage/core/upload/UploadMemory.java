package dev.stowage.core.upload;

import dev.stowage.core.error.StorageUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory in which all uploads collect their parts. No request waits for memory that another client is still filling: if there is none,
 * the bytes are written to the record instead. So any number of slow clients can't block others.
 *
 * <p>The memory consists of reused segments, small enough for the garbage collector to treat them as ordinary objects. Safe for concurrent
 * use.
 */
final class UploadMemory {

    /** The size of a segment in bytes. Each of many slow clients has one that is not full. */
    public static final int SEGMENT = 64 << 10;

    /** How long to wait for a part in transfer, which soon releases its memory. */
    private static final long MAX_WAIT_MILLIS = 200;

    private final int segments;
    private final Semaphore free;
    private final AtomicInteger partsUnderWay = new AtomicInteger();
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /** @param budget in bytes */
    UploadMemory(long budget) {
        segments = Math.toIntExact(budget / SEGMENT);
        free = new Semaphore(segments);
    }

    /** Whether at least half of it is free, so that an upload may use more than it needs to make progress. */
    boolean isSufficient() {
        return free.availablePermits() >= (segments + 1) / 2;
    }

    /** Called when the transfer of a part begins; its memory is released when it is stored. */
    void partBegins() {
        partsUnderWay.incrementAndGet();
    }

    void partEnds() {
        partsUnderWay.decrementAndGet();
    }

    /** Returns a segment with arbitrary content, or empty when all are in use. Waits briefly while parts are in transfer. */
    Optional<byte[]> take() {
        if (!free.tryAcquire() && !(partsUnderWay.get() > 0 && isGivenBack())) {
            return Optional.empty();
        }
        byte[] used = unused.pollFirst();
        return Optional.of(used == null ? new byte[SEGMENT] : used);
    }

    private boolean isGivenBack() {
        try {
            return free.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
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
