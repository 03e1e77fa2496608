package dev.stowage.testkit.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests there were, and how many of them at once. Safe for concurrent use. */
public final class InFlight {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    private final CountDownLatch company = new CountDownLatch(1);
    private final Duration hold;

    /** None yet. */
    public InFlight() {
        this(Duration.ZERO);
    }

    private InFlight(Duration hold) {
        this.hold = hold;
    }

    /**
     * None yet; the first request is held until there is another beside it, for {@code longest} at most. So whether requests are sent side
     * by side does not depend on how long each takes.
     */
    public static InFlight holdingTheFirst(Duration longest) {
        return new InFlight(longest);
    }

    /** How many there were. */
    public int total() {
        return total.get();
    }

    /** How many at once, at most. */
    public int most() {
        return most.get();
    }

    void begin() throws InterruptedException {
        boolean first = total.incrementAndGet() == 1;
        int together = now.incrementAndGet();
        most.accumulateAndGet(together, Math::max);
        if (together > 1) {
            company.countDown();
        } else if (first) {
            boolean unused = company.await(hold.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void end() {
        now.decrementAndGet();
    }
}
