package dev.stowage.core.port;

/** The periodic maintenance of a store. */
public interface Maintenance {

    /**
     * Deletes what crashes left behind; never data that is stored or being written. Safe to run at any time, repeatedly and concurrently
     * with all other calls.
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
