package dev.stowage.worker.job;

import java.time.Duration;
import java.time.Instant;

/** How fast one job goes: how many items a batch has, and how long it pauses while the store is away. For one thread at a time. */
final class BatchThrottle {

    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private int size = Integer.MAX_VALUE;
    private int failures;
    private Instant notBefore = Instant.MIN;

    /** How many items the next batch has, of an operation that takes so many at most. */
    synchronized int size(int most) {
        return failures > 0 ? 1 : Math.min(size, most);
    }

    /** How often in a row nothing went well. */
    synchronized int failures() {
        return failures;
    }

    /** Whether it is to go on now. */
    synchronized boolean isOpen(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** A batch was done in time: the next may be larger. */
    synchronized void finished(int items) {
        failures = 0;
        size = Math.max(size, (int) Math.min(2L * items, Integer.MAX_VALUE));
    }

    /** A batch was cut short after so many items. */
    synchronized void cut(int items) {
        failures = 0;
        size = Math.max(1, items);
    }

    /** There was nothing to do after all, as others had taken it: so as not to ask again at once. */
    synchronized void rest(Instant now) {
        Instant next = now.plus(REST);
        notBefore = next.isAfter(notBefore) ? next : notBefore;
    }

    /** Nothing went well, as the store is away: the next try is a small one, after a pause that grows. Returns how often in a row. */
    synchronized int failed(Instant now) {
        long seconds = Math.min(1L << Math.min(failures, 10), LONGEST_PAUSE.toSeconds());
        notBefore = now.plusSeconds(seconds);
        return ++failures;
    }
}
