package dev.stowage.core.job;

/**
 * How far a job is; counts are exact.
 *
 * @param total how many items are known
 * @param totalFinal whether no more will be found
 * @param unaddressable how many objects of the source were passed over, as their keys can't be named in a request; they are no items
 * @param bytes how large the files are together that succeeded
 * @param itemsPerSecond of late while it runs; on average once it has ended
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

    /** How many items have a result. */
    public long done() {
        return succeeded + failed + skipped;
    }

    /** Whether every item there will ever be has a result. */
    public boolean isComplete() {
        return totalFinal && done() == total;
    }
}
