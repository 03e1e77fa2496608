package dev.stowage.postgres;

/**
 * What the database has to do, from all nodes together.
 *
 * @param usageChanges changes of usage that are not folded into totals yet; {@link #MOST_CHANGES} stands for any larger number
 * @param lockWaits transactions that wait for a lock at this moment, as far as the user may see them
 */
public record DatabaseLoad(long usageChanges, long lockWaits) {

    /** More are not counted. */
    public static final long MOST_CHANGES = 100_000;
}
