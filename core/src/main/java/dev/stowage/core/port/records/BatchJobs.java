package dev.stowage.core.port.records;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable record of batch jobs and of their items. A change survives a crash once its method has returned.
 *
 * <p>The counts of a job change in the same transaction as its items, so they are always exact. A job ends in the same transaction as its
 * last item, see {@link BatchJob#ended}. Every write made while working on a job names the claim that it is made under, so
 * a process that was suspended while others took over can change nothing. Implementations are safe for concurrent use, also by several
 * processes. Every method may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every
 * wait is bounded. Unless stated otherwise, the time of a call does not grow with the number of a job's items.
 */
public interface BatchJobs {

    /** The maximum number of items in a page, and in one call. */
    int MAX_PAGE = 1000;

    /**
     * Adds a new job. If its source is a list of keys, these become its items. Otherwise its items are still to be enumerated.
     *
     * @param keys the items when the source is a list; otherwise empty
     * @param limits of the job's owner; they also hold across concurrent submissions
     * @return the new job, or the job of an earlier submission with the same idempotency key and fingerprint
     * @throws InvalidInput {@code IDEMPOTENCY_KEY_REUSED} when the idempotency key was used with another fingerprint
     * @throws TooManyOpen when the owner has reached the limit of open jobs, or its unfinished jobs would exceed the limit of items; a job
     *     whose items are still to be enumerated needs room for one item
     */
    JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys, JobLimits limits);

    /** Adds a new job without limits. */
    default JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys) {
        return submit(job, idempotency, keys, JobLimits.NONE);
    }

    /** Returns a job, or empty when there is none or it was removed. */
    Optional<JobStatus> find(JobId id);

    /**
     * Returns a page of jobs, newest first.
     *
     * @param max 1 to {@link #MAX_PAGE}
     * @param before the position that the previous page returned: the page starts before this job in the order of submission; empty for
     *     the first page
     */
    Page<JobStatus, Long> list(JobFilter filter, int max, Optional<Long> before);

    /**
     * Returns a page of a job's items in the order of their numbers. Empty when there is no such job.
     *
     * @param max 1 to {@link #MAX_PAGE}
     * @param after the position that the previous page returned: the page starts after this number; 0 for the first page
     */
    Page<ItemRecord, Long> items(JobId id, Optional<ItemState> state, int max, long after);

    /**
     * Changes a job from one version to the next. Of several concurrent changes from the same version, one succeeds.
     *
     * @return whether this change succeeded
     * @throws TooManyOpen when the change reopens a finished job and that exceeds {@code limits}
     */
    boolean change(BatchJob from, BatchJob to, JobLimits limits);

    /** Changes a job without limits. */
    default boolean change(BatchJob from, BatchJob to) {
        return change(from, to, JobLimits.NONE);
    }

    /**
     * Resets failed items of a finished job to pending, with no attempts.
     *
     * @return how many items were reset; callers repeat the call until it returns 0
     */
    int reopen(JobId id);

    /** Removes a finished job, so that no call finds it any more. Its rows are deleted by {@link #prune}. Idempotent. */
    void remove(JobId id);

    /**
     * Returns jobs that have work right now: a source to read, or items to claim. For each owner, jobs of higher priority come first, then
     * older ones. Owners are in the order of their ids; jobs without an owner come first. The time of the call grows with the number of
     * open jobs of these owners only.
     *
     * @param from the position that the previous page returned, of the next owner; empty for the first page
     * @param owners the maximum number of owners
     * @param each the maximum number of jobs for each owner
     */
    Page<OpenJob, String> open(Optional<String> from, int owners, int each, Instant now);

    /**
     * Claims the enumeration of a job's source. A queued job becomes running.
     *
     * @return empty when the job is not active, all its items are enumerated, or a live process holds the claim
     */
    Optional<Claim> claimSource(JobId id, Instant now);

    /**
     * Appends enumerated items, and records how far the source was read and what was skipped. This is one transaction, so that a crash
     * counts nothing twice. A key that the job already has is dropped, as a manifest may name a file twice; failed items are always
     * appended.
     *
     * @param claim on the source
     * @param limits of the job's owner; they also hold across concurrent calls
     * @return whether to continue; false when the job is no longer active, and then nothing is recorded
     * @throws ClaimLost when the claim is no longer held
     * @throws TooManyOpen when the owner's unfinished jobs would exceed the limit of items; nothing is recorded
     */
    boolean enumerated(Claim claim, FoundItems found, JobLimits limits, Instant now);

    /** Appends enumerated items without limits. */
    default boolean enumerated(Claim claim, FoundItems found, Instant now) {
        return enumerated(claim, found, JobLimits.NONE, now);
    }

    /**
     * Records that all items are enumerated, which may end the job, and releases the claim. If the job is no longer active, nothing is
     * recorded.
     *
     * @param claim on the source
     * @param stripPrefix the prefix to strip, when it became known during the enumeration; otherwise empty
     * @throws ClaimLost when the claim is no longer held
     */
    void enumeratedAll(Claim claim, Optional<KeyPrefix> stripPrefix, Instant now);

    /**
     * Claims items to work on. Items that were never attempted come before items to retry. A queued job becomes running.
     *
     * @param max the maximum number of items
     * @return empty when no items are due, the job is not active, or its concurrency limit is reached by claims of processes whose last
     *     heartbeat was within {@link Leases#QUIET}
     */
    Optional<Claim> claim(JobId id, int max, Instant now);

    /**
     * Claims all items of a job at once, for an operation that handles them together. The results of earlier attempts must be reset with
     * {@link #restart} before items are read. A queued job becomes running.
     *
     * @return a claim without items; empty when the job is not active, items are still to be enumerated, or a live process holds a claim
     */
    Optional<Claim> claimWhole(JobId id, Instant now);

    /**
     * Resets attempted items to pending, except those that could never be attempted. Does nothing when the results have already ended the
     * job.
     *
     * @param claim on all items of a job
     * @return whether there may be more; callers repeat the call until it returns false
     * @throws ClaimLost when the claim is no longer held
     */
    boolean restart(Claim claim);

    /**
     * Returns further items of a claim that have no result, in the order of their numbers: up to {@link #MAX_PAGE}.
     *
     * @throws ClaimLost when the claim is no longer held
     */
    List<JobItem> items(Claim claim, long after);

    /**
     * Records, before files are changed, the versions of the files that items refer to and the copies that were made of them.
     *
     * @throws ClaimLost when the claim is no longer held
     */
    void note(Claim claim, List<JobItem> items);

    /**
     * Records results in any state of the job. Ignores items that already have a result. May end the job.
     *
     * @throws ClaimLost when the claim is no longer held
     */
    void record(Claim claim, List<ItemResult> results, Instant now);

    /**
     * Removes items without a result, in any state of the job, because the job's filter does not select their files. They are no longer
     * found nor counted. Ignores other items. May end the job.
     *
     * @param items the numbers of up to {@link #MAX_PAGE} items
     * @throws ClaimLost when the claim is no longer held
     */
    void leaveOut(Claim claim, List<Long> items, Instant now);

    /**
     * Ends the claim's job as failed and releases the claim. Does not change a job that is no longer active.
     *
     * @throws ClaimLost when the claim is no longer held
     */
    void fail(Claim claim, JobFailure failure, Instant now);

    /**
     * Releases the items that have no result yet. Idempotent; does nothing when the claim is lost.
     *
     * @param attempted whether the items may have been attempted
     */
    void giveBack(Claim claim, boolean attempted, Instant now);

    /**
     * Releases, as attempted once more, the claims of processes that are no longer alive, and this process's claims on jobs that it is not
     * working on, which a failure left behind.
     *
     * @param atWork the jobs that this process is working on; no other job is claimed during the call
     * @return the number of released claims
     */
    int recover(Set<JobId> atWork, Instant now);

    /**
     * Deletes jobs that ended before {@code before}, removed jobs, and an owner's oldest finished jobs while all finished jobs of that
     * owner have more than {@code items} items together. An owner's newest finished job is always kept. Deletes a few rows at a time.
     *
     * @return whether there may be more to delete
     */
    boolean prune(Instant before, long items);

    /**
     * The result of a step in the enumeration of a job's source.
     *
     * @param items one for each file
     * @param unaddressable the number of objects that were skipped because their keys can't be named in a request
     * @param checkpoint how far the source has been read with these items
     */
    record FoundItems(List<NewItem> items, long unaddressable, String checkpoint) {

        /** @throws IllegalArgumentException when the count is negative */
        public FoundItems {
            if (unaddressable < 0) {
                throw new IllegalArgumentException("A count is not negative");
            }
            items = List.copyOf(items);
        }

        /** Creates the result of a step that skipped no objects. */
        public static FoundItems of(List<NewItem> items, String checkpoint) {
            return new FoundItems(items, 0, checkpoint);
        }
    }

    /**
     * A job with work to do.
     *
     * @param totalFinal whether its enumeration has finished
     * @param claimable whether there are items to claim now
     */
    record OpenJob(BatchJob job, boolean totalFinal, boolean claimable) {}
}
