package dev.stowage.core.adapter;

import dev.stowage.core.error.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory for the parts of bodies that a store can't take as a stream, shared by all uploads of an adapter. However many uploads run at once,
 * they take no more memory than the pool has; a quarter of the heap is a good budget. First come, first served. Safe for concurrent use.
 *
 * <p>Room for a part is reserved as a whole, so there is no deadlock of callers that hold half of what they need. Buffers consist of
 * reusable segments small enough for the garbage collector to treat them as ordinary objects (G1 allocates arrays of half a region or
 * more in contiguous regions, which a heap of 128 MiB soon lacks).
 */
public final class BufferPool {

    static final int SEGMENT = 256 << 10;

    private final int segments;
    private final Duration timeout;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<byte[]> unused = new ConcurrentLinkedDeque<>();

    /**
     * @param budget of all buffers together, in bytes
     * @param timeout how long {@link #take} waits for room
     */
    public BufferPool(long budget, Duration timeout) {
        this.segments = Math.toIntExact(Math.max(1, budget / SEGMENT));
        this.timeout = timeout;
        this.free = new Semaphore(segments, true);
    }

    /** Returns the maximum size of a part, in bytes. */
    public long capacity() {
        return (long) segments * SEGMENT;
    }

    /** Returns a buffer for a part of up to {@code size} bytes, if there is room now and no other caller waits for it. */
    public Optional<PartBuffer> tryTake(long size) {
        if (size > capacity()) {
            return Optional.empty();
        }
        try {
            // Without a time-out it would be served before waiting callers.
            return free.tryAcquire(segments(size), 0, TimeUnit.SECONDS)
                    ? Optional.of(new PartBuffer(this, segments(size)))
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for a buffer for a part of up to {@code size} bytes.
     *
     * @param size at most {@link #capacity()}
     * @throws StorageUnavailable when there was no room in time, or when interrupted
     */
    public PartBuffer take(long size) {
        try {
            if (!free.tryAcquire(segments(size), timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable(
                        "Too many concurrent uploads of unknown length. Try again later, or send a Content-Length.",
                        null);
            }
            return new PartBuffer(this, segments(size));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for a buffer, and fills it with the next bytes of a body, or with the rest of it.
     *
     * @param size of the part in bytes; parts are smaller if the pool is
     * @throws StorageUnavailable as {@link #take}
     * @throws dev.stowage.core.error.StorageException when the body can't be read, or is not as announced
     */
    public PartBuffer fill(PartSource source, long size) {
        long fitting = Math.min(size, capacity());
        PartBuffer buffer = take(fitting);
        try {
            buffer.fill(source.next(fitting));
            return buffer;
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
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

    private static StorageUnavailable interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StorageUnavailable("The call was interrupted", cause);
    }
}
