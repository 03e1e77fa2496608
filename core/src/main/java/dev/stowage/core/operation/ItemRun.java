package dev.stowage.core.operation;

import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import java.util.Iterator;
import java.util.List;

/** A batch of items, being run. For one thread at a time. */
public interface ItemRun {

    /** What the job was asked to do. */
    JobSpec spec();

    /**
     * The items that are left, by their numbers; it ends early when the job is stopped, or others have waited long enough. Of an operation
     * with all items together it does not: asking on fails when the job is stopped.
     */
    Iterator<JobItem> items();

    /** Whether this is the last time: a batch that breaks off now is not begun anew. */
    boolean isLastAttempt();

    /** Tells what came of an item. */
    void done(JobItem item, Outcome outcome);

    /** Puts the versions of items, and of their copies, on record, durably when this returns: before something is done that makes them hard to find out. */
    void note(List<JobItem> items);
}
