package dev.stowage.core.port;

/**
 * The periodic maintenance of a store. A process with {@code WORKER_ENABLED} calls it soon after its start, and then every
 * {@code SWEEP_INTERVAL}, which is 5 minutes by default, on a thread of its own. Of processes that share a database, one calls it at a
 * time.
 */
public interface Maintenance {

    /**
     * Deletes what crashes left behind, such as temporary files, and blobs that no object uses; never data that is stored or being written
     * by any process, nor open uploads, which the service aborts itself. Safe to run at any time, repeatedly and concurrently with all other
     * calls. May take minutes. When it is interrupted, it ends soon, and the next call continues. A failure is logged, and does not keep
     * the next call from being made.
     *
     * @return what was deleted
     */
    Freed sweep();

    /**
     * What a sweep deleted.
     *
     * @param items the number of deleted items
     * @param bytes their total size
     */
    record Freed(long items, long bytes) {}
}
