package dev.stowage.worker.job;

import java.time.Duration;
import java.time.Instant;

/** The throttle of one job: the size of its batches, and its pauses while the store is unavailable. For one thread at a time. */
final class BatchThrottle {

    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private int size = Integer.MAX_VALUE;
    private int failures;
    private Instant notBefore = Instant.MIN;

    /** The size of the next batch, of at most {@code most} items. */
    synchronized int size(int most) {
        return failures > 0 ? 1 : Math.min(size, most);
    }

    /** How many batches in a row have failed. */
    synchronized int failures() {
        return failures;
    }

    /** Whether the next batch may start now. */
    synchronized boolean isOpen(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** Reports a batch that finished in time; the next may be larger. */
    synchronized void finished(int items) {
        failures = 0;
        size = Math.max(size, (int) Math.min(2L * items, Integer.MAX_VALUE));
    }

    /** Reports a batch that was cut short after so many items. */
    synchronized void cut(int items) {
        failures = 0;
        size = Math.max(1, items);
    }

    /** Pauses after finding nothing to claim, so that it is not tried again at once. */
    synchronized void pause(Instant now) {
        Instant next = now.plus(REST);
        notBefore = next.isAfter(notBefore) ? next : notBefore;
    }

    /** Reports a failure for an unavailable store. The next batch is small, after a growing pause. Returns the failures in a row. */
    synchronized int failed(Instant now) {
        long seconds = Math.min(1L << Math.min(failures, 10), LONGEST_PAUSE.toSeconds());
        notBefore = now.plusSeconds(seconds);
        return ++failures;
    }
}
