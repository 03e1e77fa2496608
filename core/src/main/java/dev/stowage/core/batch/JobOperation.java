package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;
import java.util.Set;

/**
 * An operation of a job on its files. Safe for concurrent use.
 *
 * <p>An item may be processed again: after a temporary failure, or when a crash happened between the change in the store and its record.
 * Work that was already done must therefore count as done.
 */
interface JobOperation {

    /** The {@link #batchSize} of an operation on all items together, in their order, that starts again when it is interrupted. */
    int ALL = Integer.MAX_VALUE;

    /** Returns the name that clients use. */
    String name();

    /** Returns the number of items in the first batches. Later ones are larger while batches end soon, and smaller when they do not. */
    int batchSize();

    /** Returns the actions that the owner needs the right to, on the file of each item. */
    Set<Action> actions();

    /**
     * Returns the key that is written for an item, which needs the right to write it. Empty when no file other than the item's own is
     * changed.
     *
     * @throws dev.stowage.core.error.InvalidInput when the item has no valid target
     */
    default Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.empty();
    }

    /**
     * Returns the common prefix of the keys that are written for items under {@code source}. Empty when there is no common prefix, or no
     * keys are written.
     */
    default Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.empty();
    }

    /**
     * Checks a request, and completes it where fields follow from others.
     *
     * @param spec with all of its keys
     * @throws dev.stowage.core.error.InvalidInput when the request is not valid; {@code detail.field} says where
     */
    JobSpec check(JobSpec spec);

    /**
     * Processes a batch, and reports the outcome of each item to {@code run}. Items without an outcome are processed again.
     *
     * @throws dev.stowage.core.error.StorageException when the batch was interrupted; items without an outcome are then processed again,
     *     each in its own batch, so that a failing one does not affect the others
     */
    void run(ItemRun run);

    /** Returns the outcome that an item would have, without changing anything. */
    Outcome preview(JobSpec spec, JobItem item);

    /** Whether {@link #run} applies the job's filter itself, because it reads the properties of each file anyway. */
    default boolean filters() {
        return false;
    }

    /** Whether an earlier attempt may have changed the file so that the job's filter no longer selects it. */
    default boolean mayHaveChanged(JobSpec spec, ObjectInfo file) {
        return false;
    }

    /**
     * Checks that a principal may read from the store that the job's files are in, if that is not the store of the service. Asked before each
     * item.
     *
     * @throws dev.stowage.core.error.AccessDenied when it may not
     * @throws dev.stowage.core.error.InvalidInput when there is no such store, and the principal may know that
     */
    default void checkImport(JobSpec spec, Principal principal, Permissions permissions) {}

    /** Whether the files of the items are in another store, to whose keys no rights apply. */
    default boolean isImport() {
        return false;
    }

    /** Whether the operation changes files. */
    default boolean changesFiles() {
        return true;
    }

    /** Whether items found by listing refer to the listed versions only, and not to newer ones. */
    default boolean isAboutListedVersions() {
        return false;
    }

    /** Whether items are processed only after the enumeration has finished, because the job's target depends on it. */
    default boolean waitsForAll(JobSpec spec) {
        return batchSize() == ALL;
    }
}
