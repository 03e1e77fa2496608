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
 * Lets transfers take turns at copying bytes, in the order of their requests, so that only a few copy at the same time, however many are
 * running. A small request then competes with those few for a processor, and not with all of them. Safe for concurrent use.
 *
 * <p>A turn is meant to be short, but copying may block on a client or the store. When the next in the queue has waited too long, it
 * takes the place of a running transfer, which continues without one: slow clients neither delay others nor are delayed.
 *
 * <p>Taking turns costs transfers a fifth of their speed when processors are scarce, so it is done only for a while after each small
 * request.
 */
public final class FairTransferScheduler {

    /** Longer than the interval between requests of most clients and probes. */
    private static final Duration WHILE = Duration.ofSeconds(10);

    private final Semaphore places;
    private final Duration timeout;
    private final LongSupplier nanos;
    /** Held by the next in the queue. */
    private final ReentrantLock line = new ReentrantLock(true);
    /** The turns that have a place, oldest first. */
    private final Queue<Turn> current = new ConcurrentLinkedQueue<>();

    private volatile long roomUntil;

    /**
     * @param places the number of transfers that copy at the same time, 1 or more
     * @param timeout how long the next in the queue waits for a place
     * @param nanos the current time, as {@link System#nanoTime()}
     */
    FairTransferScheduler(int places, Duration timeout, LongSupplier nanos) {
        this.places = new Semaphore(places);
        this.timeout = timeout;
        this.nanos = nanos;
        this.roomUntil = nanos.getAsLong();
    }

    /** Signals a small request: transfers take turns for the next seconds. */
    void makeRoom() {
        roomUntil = nanos.getAsLong() + WHILE.toNanos();
    }

    /**
     * Runs {@code work} in turn: after at most the timeout times the number of others in the queue; at once when there were no small
     * requests, or when the thread is interrupted, which keeps its interrupt status.
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

    /** The number of free places. */
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
            return places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void takeOver() {
        Turn oldest = current.poll();
        if (oldest == null || !oldest.end()) {
            // The turn just ended, and its place is free.
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

        /** Ends the turn. Returns whether it still had its place, which the caller must then pass on. */
        boolean end() {
            return isOver.compareAndSet(false, true);
        }
    }
}
