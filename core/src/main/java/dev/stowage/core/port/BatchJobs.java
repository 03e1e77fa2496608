package dev.stowage.core.port;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.FoundItems;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemPage;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobPage;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.job.OpenJobs;
import dev.stowage.core.key.KeyPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The durable record of batch jobs and of every one of their items. What a method has returned from survives a crash.
 *
 * <p>Counts change in the same step as the items' results, so they are exact at any moment; a job ends in the same step as its last
 * item, see {@link dev.stowage.core.job.JobVerdict}. Every write of work on a job names the
 * claim under which it is done: a process that was suspended for so long that others took over changes nothing any more. Implementations are safe for concurrent use, by several processes too. Every method
 * may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded, and
 * no call takes longer with the number of items of a job, unless it says so.
 */
public interface BatchJobs {

    /** The most items of a page, and of what is handed over at once. */
    int MAX_PAGE = 1000;

    /**
     * Notes a new job. When its source is a list of keys, its items are those; otherwise they are still to be found.
     *
     * @param keys of a source that is a list; otherwise empty
     * @param limits of the job's owner; they hold for submissions at the same time, too
     * @return the new job; or that of the earlier submission with the same key and fingerprint
     * @throws InvalidInput {@code IDEMPOTENCY_KEY_REUSED} when the key is known with another fingerprint
     * @throws TooManyOpen when the owner has as many as the limits allow, or its unfinished jobs would have more items; where the items are
     *     still to be found, there has to be room for one
     */
    JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys, JobLimits limits);

    /** The same without limits. */
    default JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys) {
        return submit(job, idempotency, keys, JobLimits.NONE);
    }

    /** A job; empty when there is none, or it was removed. */
    Optional<JobStatus> find(JobId id);

    /**
     * A page of jobs, newest first.
     *
     * @param max 1 to {@link #MAX_PAGE}
     * @param before what the page before gave
     */
    JobPage list(JobFilter filter, int max, OptionalLong before);

    /**
     * A page of a job's items, by their numbers; empty when there is no such job.
     *
     * @param max 1 to {@link #MAX_PAGE}
     */
    ItemPage items(JobId id, Optional<ItemState> state, int max, long after);

    /**
     * Changes the state from one version to the next. Of several attempts from the same version, one succeeds.
     *
     * @return whether this one did
     * @throws TooManyOpen when that makes a finished job an open one, and its owner has as many as {@code limits} allow, or too many items
     */
    boolean change(BatchJob from, BatchJob to, JobLimits limits);

    /** The same without limits. */
    default boolean change(BatchJob from, BatchJob to) {
        return change(from, to, JobLimits.NONE);
    }

    /**
     * Makes failed items of a finished job pending again, with no attempts.
     *
     * @return how many; a caller goes on until there are none
     */
    int reopen(JobId id);

    /** Removes a finished job, at once for all who ask; its rows go with {@link #prune}. Again: does nothing. */
    void remove(JobId id);

    /**
     * Jobs that can be worked on right now, as their source is still to be read or items can be claimed; of each owner those of higher
     * priority first, then older ones. Owners come in the order of their ids, those jobs first that have none. The time it takes grows
     * with the number of open jobs of these owners, and of no others.
     *
     * @param from where to go on, from {@link OpenJobs#next}; empty to begin
     * @param owners how many owners at most
     * @param each how many jobs of each at most
     */
    OpenJobs open(Optional<String> from, int owners, int each, Instant now);

    /**
     * Claims the reading of a job's source. Makes a queued job a running one.
     *
     * @return empty when the job is not active, all its items are known, or a process that is alive reads it
     */
    Optional<Claim> claimSource(JobId id, Instant now);

    /**
     * Notes items that were found, behind those found before, with how far the source was read and what was passed over: all in one step,
     * so that a crash counts nothing twice. Of a manifest, which may name a file twice, a key that the job has an item for already is left
     * out; each item that has failed is kept.
     *
     * @param claim on the source
     * @param limits of the job's owner; they hold for steps at the same time, too
     * @return whether to continue; when the job is no longer active, nothing is noted
     * @throws ClaimLost when the claim is no longer on record
     * @throws TooManyOpen when the owner's unfinished jobs would have more items than the limits allow; nothing is noted
     */
    boolean enumerated(Claim claim, FoundItems found, JobLimits limits, Instant now);

    /** The same without limits. */
    default boolean enumerated(Claim claim, FoundItems found, Instant now) {
        return enumerated(claim, found, JobLimits.NONE, now);
    }

    /**
     * Notes that all items were found, which may end the job, and gives the claim back. Of a job that is no longer active, nothing is
     * noted.
     *
     * @param claim on the source
     * @param stripPrefix what is told of the target only now; empty when there is nothing to tell
     * @throws ClaimLost when the claim is no longer on record
     */
    void enumeratedAll(Claim claim, Optional<KeyPrefix> stripPrefix, Instant now);

    /**
     * Claims items to work on: those never tried before those to be tried again. Makes a queued job a running one.
     *
     * @param max how many at most
     * @return empty when there are none right now, the job is not active, or as many claims as its concurrency allows are held by
     *     processes that gave a sign of life within {@link Leases#QUIET}
     */
    Optional<Claim> claim(JobId id, int max, Instant now);

    /**
     * Claims all items of a job at once, for an operation that needs them together. What earlier attempts left has to be cleared by
     * {@link #restart} before items are read. Makes a queued job a running one.
     *
     * @return without items; empty when the job is not active, items are still to be found, or a process that is alive has a claim
     */
    Optional<Claim> claimWhole(JobId id, Instant now);

    /**
     * Makes items pending again that were tried, but for those that could never be tried. Changes nothing when the job has ended by its
     * results.
     *
     * @param claim on all items of a job
     * @return whether there may be more; a caller repeats it until there are not
     * @throws ClaimLost when the claim is no longer on record
     */
    boolean restart(Claim claim);

    /**
     * More items of a claim without a result, by their numbers: up to {@link #MAX_PAGE}.
     *
     * @throws ClaimLost when the claim is no longer on record
     */
    List<JobItem> items(Claim claim, long after);

    /**
     * Notes which versions of their files items are about, and which copies were made of them, before the files are changed.
     *
     * @throws ClaimLost when the claim is no longer on record
     */
    void note(Claim claim, List<JobItem> items);

    /**
     * Notes results, whatever the job's state; of an item that has one already it changes nothing. May end the job.
     *
     * @throws ClaimLost when the claim is no longer on record
     */
    void record(Claim claim, List<ItemResult> results, Instant now);

    /**
     * Ends the claim's job as failed and gives the claim back. A job that is no longer active stays as it is.
     *
     * @throws ClaimLost when the claim is no longer on record
     */
    void fail(Claim claim, JobFailure failure, Instant now);

    /**
     * Gives back what has no result yet. Again, or when the claim is lost: does nothing.
     *
     * @param attempted whether it may have been tried
     */
    void giveBack(Claim claim, boolean attempted, Instant now);

    /**
     * Gives back, as attempted once more, what processes had claimed that are no longer alive, and what this process has claimed of jobs
     * that it does not work on: claims that a failure left behind.
     *
     * @param atWork the jobs that this process works on; nothing is claimed of others during the call
     * @return how many claims
     */
    int recover(Set<JobId> atWork, Instant now);

    /**
     * Forgets jobs that ended before {@code before}, those that were removed, and of each owner the older ones of finished jobs that have
     * more than {@code items} items together; an owner's newest finished job is kept in any case. A few rows at a time.
     *
     * @return whether there may be more
     */
    boolean prune(Instant before, long items);
}
