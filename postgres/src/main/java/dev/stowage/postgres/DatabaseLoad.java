package dev.stowage.postgres;

/**
 * The load of the database from all nodes.
 *
 * @param usageChanges changes of usage that are not folded into totals yet; at most {@link #MOST_CHANGES}
 * @param lockWaits transactions that wait for a lock at this moment, as far as the user may see them
 */
public record DatabaseLoad(long usageChanges, long lockWaits) {

    /** More changes are not counted, so that the query stays cheap. */
    public static final long MOST_CHANGES = 100_000;
}
