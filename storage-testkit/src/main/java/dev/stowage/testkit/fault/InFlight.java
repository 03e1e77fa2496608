package dev.stowage.testkit.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests, and how many of them run at once. Safe for concurrent use. */
public final class InFlight {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    private final CountDownLatch company = new CountDownLatch(1);
    private final Duration hold;

    /** Creates a counter. */
    public InFlight() {
        this(Duration.ZERO);
    }

    private InFlight(Duration hold) {
        this.hold = hold;
    }

    /**
     * Creates a counter that holds the first request until a second one runs, for at most {@code longest}. Whether requests are concurrent
     * then does not depend on how long each of them takes.
     */
    public static InFlight holdingTheFirst(Duration longest) {
        return new InFlight(longest);
    }

    /** Returns the number of requests. */
    public int total() {
        return total.get();
    }

    /** Returns the maximum number of concurrent requests. */
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
