package dev.stowage.http.limit;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Has transfers take turns at moving their bytes, in the order in which they ask, so that few are at it at once, however many are under
 * way. A small request then waits for those few to leave it a processor, and not for all. Safe for concurrent use.
 *
 * <p>A turn is meant to be short, but what moves bytes may have to wait for a client or a store. So one that takes longer than others have
 * patience for loses its place to the next in line, and goes on without: slow clients hold up nobody, nor are they held up.
 *
 * <p>All that costs the transfers a fifth of their speed where processors are short. So it is done only for a while after each small request.
 */
public final class FairTransferScheduler {

    /** Longer than most clients and probes leave between their requests. */
    private static final Duration WHILE = Duration.ofSeconds(10);

    private final Semaphore places;
    private final Duration patience;
    private final LongSupplier nanos;
    /** Held by the next in line. */
    private final ReentrantLock line = new ReentrantLock(true);
    /** Those that have a place, from the oldest on. */
    private final Queue<Turn> current = new ConcurrentLinkedQueue<>();

    private volatile long roomUntil;

    /**
     * @param places for how many transfers at once, 1 or more
     * @param patience how long the next in line waits for a place
     * @param nanos the time, as {@link System#nanoTime()} tells it
     */
    public FairTransferScheduler(int places, Duration patience, LongSupplier nanos) {
        this.places = new Semaphore(places);
        this.patience = patience;
        this.nanos = nanos;
        this.roomUntil = nanos.getAsLong();
    }

    /** There are small requests: from now on for some seconds transfers take turns. */
    public void makeRoom() {
        roomUntil = nanos.getAsLong() + WHILE.toNanos();
    }

    /**
     * Does {@code work} when its turn has come: after at most as many times the patience as others are in line; at once where nobody needs
     * the room, or when the thread is interrupted, which it then still is.
     */
    public <E extends Exception> void run(TransferLimiter.Work<E> work) throws E {
        if (roomUntil - nanos.getAsLong() <= 0) {
            work.run();
            return;
        }
        Turn turn = await();
        try {
            work.run();
        } finally {
            end(turn);
        }
    }

    /** How many could begin without waiting. */
    int free() {
        return places.availablePermits();
    }

    private Turn await() {
        line.lock();
        try {
            if (!isFree()) {
                takeOver();
            }
            Turn turn = new Turn();
            current.add(turn);
            return turn;
        } finally {
            line.unlock();
        }
    }

    private boolean isFree() {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void takeOver() {
        Turn oldest = current.poll();
        if (oldest == null || !oldest.end()) {
            // It ended at this very moment, and leaves its place.
            places.acquireUninterruptibly();
        }
    }

    private void end(Turn turn) {
        if (turn.end()) {
            current.remove(turn);
            places.release();
        }
    }

    private static final class Turn {

        private final AtomicBoolean isOver = new AtomicBoolean();

        /** Whether it had its place until now, which is the caller's to give on. */
        boolean end() {
            return isOver.compareAndSet(false, true);
        }
    }
}
