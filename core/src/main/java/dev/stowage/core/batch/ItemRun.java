package dev.stowage.core.batch;

import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.object.ObjectInfo;
import java.util.Iterator;
import java.util.List;

/** The processing of a batch of items. For one thread at a time. */
public interface ItemRun {

    /** Returns the job's request. */
    JobSpec spec();

    /**
     * Returns the remaining items by their numbers. The iteration ends early when the job is stopped, or when it is the turn of others. For
     * an operation on all items together, the iteration instead fails when the job is stopped.
     */
    Iterator<JobItem> items();

    /** Whether this is the last attempt: if the batch is interrupted now, it is not started again. */
    boolean isLastAttempt();

    /** Whether the job's filter selects the file of an item, for an operation that filters by itself. */
    default boolean selects(JobItem item, ObjectInfo file) {
        return true;
    }

    /** Reports the outcome of an item. */
    void done(JobItem item, Outcome outcome);

    /**
     * Records the versions of items and of their copies, durably when this returns. Called before a change after which they would be hard
     * to determine.
     */
    void note(List<JobItem> items);
}
