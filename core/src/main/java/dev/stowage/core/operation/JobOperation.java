package dev.stowage.core.operation;

import dev.stowage.core.access.Action;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a job does with its files. Safe for concurrent use.
 *
 * <p>An item may be run again although it was run before: after a failure that may pass, or when a crash came between the store's work
 * and its record. So what is done already has to count as done.
 */
public interface JobOperation {

    /** A {@link #batchSize} for what can only be done with all items together, in their order, and begins anew when it is interrupted. */
    int ALL = Integer.MAX_VALUE;

    /** The name clients use. */
    String name();

    /** How many items one run takes at most. */
    int batchSize();

    /** What whoever has it done needs the right to, with each item's file. */
    Set<Action> actions();

    /**
     * The key that is written for an item, which takes the right to that; empty when no file is but the item's own.
     *
     * @throws dev.stowage.core.error.InvalidInput when the item can't have one
     */
    default Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.empty();
    }

    /** What the keys begin with that are written for items under {@code source}; empty when that is no one prefix, or none are. */
    default Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.empty();
    }

    /**
     * Passes what can be done, completed where something follows from the rest.
     *
     * @param spec with all of its keys
     * @throws dev.stowage.core.error.InvalidInput when it can't be done; {@code detail.field} says what is wrong
     */
    JobSpec check(JobSpec spec);

    /**
     * Runs a batch: tells {@code run} the outcome of each item. What has no outcome in the end is run again.
     *
     * @throws dev.stowage.core.error.StorageException when the batch broke off; items without an outcome are then run again, each in a
     *     batch of its own, so that one that can't be run does not keep the others from it
     */
    void run(ItemRun run);

    /** What would come of an item, changing nothing. */
    Outcome preview(JobSpec spec, JobItem item);

    /** Whether running it changes files. */
    default boolean changesFiles() {
        return true;
    }

    /** Whether items that are found by listing are about the versions that are listed, and no newer ones. */
    default boolean isAboutListedVersions() {
        return false;
    }

    /** Whether items are run only when all are known, as the job's target depends on them. */
    default boolean waitsForAll(JobSpec spec) {
        return batchSize() == ALL;
    }
}
