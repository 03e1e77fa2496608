package dev.stowage.s3;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all uploads together may use for parts. First come, first served.
 *
 * <p>A part's room is reserved whole, so nobody holds half of what they need and waits for the rest: there is no deadlock. The bytes lie
 * in segments that are used again, and that are small enough for the garbage collector to treat them as ordinary objects (G1 gives
 * an array of half a region or more regions of its own, and a heap of 128 MiB soon runs out of neighbouring ones).
 */
final class BufferPool {

    static final int SEGMENT = 256 << 10;

    private final int segments;
    private final Duration patience;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /**
     * @param budget in bytes, for all buffers together
     * @param patience how long {@link #take} waits for room
     */
    BufferPool(long budget, Duration patience) {
        this.segments = Math.toIntExact(Math.max(1, budget / SEGMENT));
        this.patience = patience;
        this.free = new Semaphore(segments, true);
    }

    /** The largest part that fits at all, in bytes. */
    long capacity() {
        return (long) segments * SEGMENT;
    }

    /** Room for a part of {@code size} bytes, if there is any now and nobody waits for it. */
    Optional<PartBuffer> tryTake(long size) {
        if (size > capacity()) {
            return Optional.empty();
        }
        try {
            // Without a time-out it would jump the queue.
            return free.tryAcquire(segments(size), 0, TimeUnit.SECONDS)
                    ? Optional.of(new PartBuffer(this, segments(size)))
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for room for a part of {@code size} bytes.
     *
     * @param size at most {@link #capacity()}
     * @throws StorageUnavailable when there was none in time, or on interruption
     */
    PartBuffer take(long size) {
        try {
            if (!free.tryAcquire(segments(size), patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable(
                        "Too many uploads of unknown length at once. Try again later, or send a Content-Length.", null);
            }
            return new PartBuffer(this, segments(size));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    byte[] segment() {
        byte[] used = unused.pollFirst();
        return used == null ? new byte[SEGMENT] : used;
    }

    void giveBack(int reserved, Iterable<byte[]> used) {
        used.forEach(unused::addFirst);
        free.release(reserved);
    }

    private static int segments(long size) {
        return Math.toIntExact((size + SEGMENT - 1) / SEGMENT);
    }

    private static StorageUnavailable interrupted(@Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        return S3Errors.interrupted(cause);
    }
}
