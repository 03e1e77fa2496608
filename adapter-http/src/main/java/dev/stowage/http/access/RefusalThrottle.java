package dev.stowage.http.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps those who try one credential after the other from taking up more than their share of something: of what is refused for want of a
 * good one, only so much each second is treated as usual. The rest is counted. Safe for concurrent use.
 */
public final class RefusalThrottle {

    /** That get lines in a log: enough to see somebody's mistakes, and where an attack comes from. */
    public static final int LINES_PER_SECOND = 20;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong others = new AtomicLong();

    /**
     * @param perSecond how many are treated as usual each second
     * @param nanoTime what time it is, as {@link System#nanoTime()} has it
     */
    public RefusalThrottle(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Whether a refusal is among the first of its second; when not, it is counted. */
    public boolean isAmongFirst() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            taken.set(0);
        }
        // The first look keeps the number from running over.
        if (taken.get() < perSecond && taken.incrementAndGet() <= perSecond) {
            return true;
        }
        others.incrementAndGet();
        return false;
    }

    /** How many were counted since this was asked last. */
    public long takeOthers() {
        return others.getAndSet(0);
    }
}
