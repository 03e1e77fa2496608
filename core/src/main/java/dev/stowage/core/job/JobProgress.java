package dev.stowage.core.job;

/**
 * The progress of a job, with exact counts.
 *
 * @param total the number of enumerated items
 * @param totalFinal whether the enumeration has finished
 * @param unaddressable the number of objects that were skipped because their keys can't be named in a request; they are not items
 * @param bytes the total size of the files that succeeded
 * @param itemsPerSecond the recent rate while it runs; the average once it has finished
 */
public record JobProgress(
        long total,
        boolean totalFinal,
        long succeeded,
        long failed,
        long skipped,
        long unaddressable,
        long bytes,
        double itemsPerSecond) {

    /** Returns the number of items with a result. */
    public long done() {
        return succeeded + failed + skipped;
    }

    /** Whether the enumeration has finished and every item has a result. */
    public boolean isComplete() {
        return totalFinal && done() == total;
    }
}
