package dev.stowage.testkit.fault;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests there were, and how many of them at once. Safe for concurrent use. */
public final class InFlight {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    /** None yet. */
    public InFlight() {
        // All of them begin at zero.
    }

    /** How many there were. */
    public int total() {
        return total.get();
    }

    /** How many at once, at most. */
    public int most() {
        return most.get();
    }

    void begin() {
        total.incrementAndGet();
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void end() {
        now.decrementAndGet();
    }
}
