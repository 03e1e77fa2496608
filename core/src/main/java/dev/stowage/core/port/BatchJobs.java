package dev.stowage.core.port;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemPage;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobPage;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.key.KeyPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable record of batch jobs and of every one of their items. What a method has returned from survives a crash.
 *
 * <p>Counts change in the same step as the items' results, so they are exact at any moment; a job ends in the same step as its last
 * item, see {@link dev.stowage.core.job.JobVerdict}. Implementations are safe for concurrent use, by several processes too. Every method
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
     * @return the new job; or that of the earlier submission with the same key and fingerprint
     * @throws InvalidInput {@code IDEMPOTENCY_KEY_REUSED} when the key is known with another fingerprint
     */
    JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys);

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
     * A page of a job's items, by their numbers; empty when there is no such job. A page of a state that few items have takes longer
     * with the number of items.
     *
     * @param max 1 to {@link #MAX_PAGE}
     */
    ItemPage items(JobId id, Optional<ItemState> state, int max, long after);

    /**
     * Changes the state from one version to the next. Of several attempts from the same version, one succeeds.
     *
     * @return whether this one did
     */
    boolean change(BatchJob from, BatchJob to);

    /**
     * Makes failed items of a finished job pending again, with no attempts.
     *
     * @return how many; a caller goes on until there are none
     */
    int reopen(JobId id);

    /**
     * Makes items pending again that were tried, and gives up all claims: for a job whose items count only together. A caller has the
     * job for itself.
     *
     * @return how many; a caller goes on until there are none
     */
    int restart(JobId id);

    /** Removes a finished job, at once for all who ask; its rows go with {@link #prune}. Again: does nothing. */
    void remove(JobId id);

    /** Jobs that are to be worked on: of higher priority first, then older ones. */
    List<OpenJob> open(int max, Instant now);

    /**
     * Notes items that were found. Of a manifest, which may name a file twice, a key that the job has an item for already is passed over;
     * each item that has failed is kept.
     *
     * @param checkpoint how far the source was read with them
     * @return whether to go on: not when the job is no longer active
     */
    boolean enumerated(JobId id, List<NewItem> items, String checkpoint, Instant now);

    /**
     * Notes that all items were found, which may end the job.
     *
     * @param stripPrefix what is told of the target only now; empty when there is nothing to tell
     */
    void enumeratedAll(JobId id, Optional<KeyPrefix> stripPrefix, Instant now);

    /**
     * Takes items to work on: those never tried before those to be tried again. Makes a queued job a running one.
     *
     * @param max how many at most
     * @return empty when there are none right now, the job is not active, or has as many claims as its concurrency allows
     */
    Optional<Claim> claim(JobId id, int max, Instant now);

    /** More items of a claim without a result, by their numbers: up to {@link #MAX_PAGE}. */
    List<JobItem> items(Claim claim, long after);

    /** Notes which versions of their files items are about, and which copies were made of them, before the files are changed. */
    void note(Claim claim, List<JobItem> items);

    /** Notes results, whatever the job's state; of an item that has one already it changes nothing. May end the job. */
    void record(Claim claim, List<ItemResult> results, Instant now);

    /**
     * Gives back what has no result yet. Again: does nothing.
     *
     * @param attempted whether it may have been tried
     */
    void giveBack(Claim claim, boolean attempted, Instant now);

    /**
     * Gives back, as attempted once more, what processes had claimed that are no longer alive.
     *
     * @return how many claims
     */
    int recover(Instant now);

    /**
     * Forgets jobs that ended before {@code before}, and those that were removed, a few rows at a time.
     *
     * @return whether there may be more
     */
    boolean prune(Instant before);
}
