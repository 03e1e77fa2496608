package dev.stowage.http.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits what clients that try many credentials can use up: only a fixed number of refusals a second is treated normally, the others are
 * only counted. Safe for concurrent use.
 */
public final class RefusalThrottle {

    /** The number of refusals a second that get a line in a log: enough to see mistakes, and the source of an attack. */
    public static final int LINES_PER_SECOND = 20;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong others = new AtomicLong();

    /**
     * @param perSecond the number of refusals a second that are treated normally
     * @param nanoTime the current time, as {@link System#nanoTime()}
     */
    public RefusalThrottle(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Returns whether a refusal is among the first of its second; if not, counts it. */
    public boolean isAmongFirst() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            taken.set(0);
        }
        // The first check keeps the number from overflowing.
        if (taken.get() < perSecond && taken.incrementAndGet() <= perSecond) {
            return true;
        }
        others.incrementAndGet();
        return false;
    }

    /** Returns the number counted since the last call. */
    public long takeOthers() {
        return others.getAndSet(0);
    }
}
