package dev.stowage.http.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When those who are made to wait get their answers: one after the other, so that however many connections somebody tries credentials on,
 * together they get no more than so many answers a second. Safe for concurrent use.
 */
final class DelayQueue {

    /** The least that somebody waits. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The most, less than what clients and proxies give up after. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Between two answers. */
    static final Duration STEP = Duration.ofMillis(2);

    private final LongSupplier nanoTime;
    /** When the last of those that wait is answered. */
    private final AtomicLong last;

    /** @param nanoTime what time it is, as {@link System#nanoTime()} has it */
    DelayQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = new AtomicLong(nanoTime.getAsLong());
    }

    /** How long one more has to wait. */
    Duration next() {
        long now = nanoTime.getAsLong();
        // Differences, as the clock may run over.
        long wait = last.updateAndGet(before ->
                        now + Math.min(LONGEST.toNanos(), Math.max(SHORTEST.toNanos(), before - now + STEP.toNanos())))
                - now;
        return Duration.ofNanos(wait);
    }
}
