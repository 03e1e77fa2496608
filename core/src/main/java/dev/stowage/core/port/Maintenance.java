package dev.stowage.core.port;

/** What a store does from time to time to stay tidy. */
public interface Maintenance {

    /**
     * Removes what crashes left behind; never anything that is stored or being written. Safe to run at any time, alongside
     * everything else, and again.
     *
     * @return what was freed
     */
    Freed sweep();

    /**
     * What a sweep freed.
     *
     * @param items how many
     * @param bytes how much room
     */
    record Freed(long items, long bytes) {}
}
