package dev.stowage.worker.job;

import dev.stowage.core.port.records.BatchJobs;
import java.time.Duration;
import java.time.Instant;

/** The throttle of one job: the size of its batches, and its pauses while the store is unavailable. For one thread at a time. */
final class BatchThrottle {

    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** So many items are read with their claim. */
    private static final int MAX_SIZE = BatchJobs.MAX_PAGE;

    /** 0 until a batch has shown how many items fit. */
    private int size;

    private int failures;
    private Instant notBefore = Instant.MIN;

    /** The size of the next batch; {@code usual} as long as nothing else is known. */
    synchronized int size(int usual) {
        if (failures > 0) {
            return 1;
        }
        return size == 0 ? usual : size;
    }

    /** How many batches in a row have failed. */
    synchronized int failures() {
        return failures;
    }

    /** Whether the next batch may start now. */
    synchronized boolean isOpen(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** Reports a batch that was finished. */
    synchronized void finished() {
        failures = 0;
    }

    /** Reports a batch that was finished in less than a quarter of its time. The next may be larger, as each costs the same statements. */
    synchronized void finishedSoon(int items, int usual) {
        failures = 0;
        size = Math.max(size(usual), Math.min(4 * items, MAX_SIZE));
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
