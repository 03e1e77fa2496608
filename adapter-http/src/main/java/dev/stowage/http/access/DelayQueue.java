package dev.stowage.http.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Schedules delayed responses one after another, so that a client that tries credentials on many connections gets a bounded number of
 * responses a second in total. Safe for concurrent use.
 */
final class DelayQueue {

    /** The shortest delay. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest delay, shorter than the usual timeouts of clients and proxies. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** The interval between two responses. */
    static final Duration STEP = Duration.ofMillis(2);

    private final LongSupplier nanoTime;
    /** When the last delayed response is due. */
    private final AtomicLong last;

    /** @param nanoTime the current time, as {@link System#nanoTime()} */
    DelayQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = new AtomicLong(nanoTime.getAsLong());
    }

    /** Returns the delay of the next response. */
    Duration next() {
        long now = nanoTime.getAsLong();
        // Compares differences, because the clock may overflow.
        long wait = last.updateAndGet(before ->
                        now + Math.min(LONGEST.toNanos(), Math.max(SHORTEST.toNanos(), before - now + STEP.toNanos())))
                - now;
        return Duration.ofNanos(wait);
    }
}
