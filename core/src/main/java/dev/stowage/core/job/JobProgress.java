package dev.stowage.core.job;

/**
 * How far a job is; counts are exact.
 *
 * @param total how many items are known
 * @param totalFinal whether no more will be found
 * @param bytes how large the files are together that succeeded
 * @param itemsPerSecond of late while it runs; on average once it has ended
 */
public record JobProgress(
        long total, boolean totalFinal, long succeeded, long failed, long skipped, long bytes, double itemsPerSecond) {

    /** How many items have a result. */
    public long done() {
        return succeeded + failed + skipped;
    }

    /** Whether every item there will ever be has a result. */
    public boolean isComplete() {
        return totalFinal && done() == total;
    }
}
