package dev.stowage.http.trace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps those who try one credential after the other from filling a log: of what is refused for want of a good one, only so much each
 * second is worth a line of its own. The rest is counted. Safe for concurrent use.
 */
public final class Refusals {

    /** Enough to see somebody's mistakes, and where an attack comes from. */
    static final int LINES_PER_SECOND = 20;

    private final LongSupplier nanoTime;
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicLong others = new AtomicLong();

    /** @param nanoTime what time it is, as {@link System#nanoTime()} has it */
    public Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the refusal of a request gets a line of its own; when not, it is counted. */
    public boolean isWorthALine() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            lines.set(0);
        }
        // The first look keeps the number from running over.
        if (lines.get() < LINES_PER_SECOND && lines.incrementAndGet() <= LINES_PER_SECOND) {
            return true;
        }
        others.incrementAndGet();
        return false;
    }

    /** How many were counted since this was asked last. */
    long takeOthers() {
        return others.getAndSet(0);
    }
}
