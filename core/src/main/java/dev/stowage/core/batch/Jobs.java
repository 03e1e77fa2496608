package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.port.service.Signals.Topic;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Batch jobs, as the principals who submit them see them.
 *
 * <p>Safe for concurrent use. Every method throws {@link dev.stowage.core.error.AccessDenied} when the principal has no right to jobs, and
 * every method that names a job throws {@link NotFound} when there is none, or it is another principal's.
 */
public final class Jobs {

    /** The maximum number of keys in one submission. */
    public static final int MAX_KEYS = 10_000;

    private final BatchJobs jobs;
    private final AccessPolicy access;
    private final JobOperations operations;
    private final SubmitJob submitJob;
    private final StateChange change;
    private final Signals signals;

    /**
     * @param operations on {@code store}
     * @param limits of each principal
     * @param signals wake the workers of all processes
     */
    public Jobs(
            BatchJobs jobs,
            ObjectStore store,
            JobOperations operations,
            AccessPolicy access,
            JobLimits limits,
            Signals signals,
            InstantSource clock) {
        this.jobs = jobs;
        this.signals = signals;
        this.access = access;
        this.operations = operations;
        this.submitJob = new SubmitJob(jobs, store, operations, new JobAccess(access), limits, clock);
        this.change = new StateChange(jobs, this::find, limits, clock);
    }

    /**
     * Submits and records a job. Duplicate keys become one item.
     *
     * @param principal the owner; each item is processed with the rights that the owner has at that moment
     * @param idempotencyKey makes repeated submissions of the same job one job; kept as long as the job
     * @return the status: a new job, or the job of an earlier submission
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to the request, as far as that is known now
     * @throws dev.stowage.core.error.TooManyOpen when the principal has reached the limit of unfinished jobs, or of their items
     * @throws dev.stowage.core.error.InvalidInput when the request is not valid; {@code detail.field} says where
     */
    public JobStatus submit(Principal principal, JobSpec spec, Optional<String> idempotencyKey) {
        return awake(submitJob.submit(principal, spec, idempotencyKey));
    }

    /** Submits a job once, like {@link #submit(Principal, JobSpec, Optional)}. */
    JobStatus submit(Principal principal, JobSpec spec, Idempotency idempotency) {
        return awake(submitJob.submit(principal, spec, idempotency));
    }

    /** Checks that {@code spec} could be submitted. @throws dev.stowage.core.error.InvalidInput when it is not valid */
    void check(Principal principal, JobSpec spec) {
        submitJob.check(principal, spec);
    }

    /** Returns the status of a job. Not observed, since event streams poll it. */
    public JobStatus get(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of(Action.JOBS.id()).with("job", id);
        return access.asked(principal, action, () -> find(principal, id));
    }

    /**
     * Returns a page of the principal's own jobs, newest first.
     *
     * @param limit 1 to 1000
     * @param cursor of the previous page
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, the cursor is not valid, or there is no such operation
     */
    public Page<JobStatus, Long> list(Principal principal, JobFilter filter, int limit, Optional<String> cursor) {
        return access.observed("job.list", () -> {
            access.check(principal, Action.JOBS);
            filter.operation().ifPresent(name -> {
                JobOperation unused = operations.named(name);
            });
            return jobs.list(filter.ofOwner(principal.id()), PageLimit.check(limit), PageLimit.position(cursor));
        });
    }

    /**
     * Returns a page of a job's items, in the order of its source.
     *
     * @param state only items in this state; empty for all
     * @param limit 1 to 1000
     * @param cursor of the previous page
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is not valid
     */
    public Page<ItemRecord, Long> items(
            Principal principal, JobId id, Optional<ItemState> state, int limit, Optional<String> cursor) {
        long after = PageLimit.position(cursor).orElse(0L);
        int max = PageLimit.check(limit);
        return access.observed("job.items", () -> {
            JobId own = get(principal, id).job().id();
            return jobs.items(own, state, max, after);
        });
    }

    /**
     * Cancels an unfinished job. Items that are being processed may still get their result, within seconds; the others stay pending. A
     * repetition does nothing.
     *
     * @throws dev.stowage.core.error.Conflict when it has finished in another state
     */
    public JobStatus cancel(Principal principal, JobId id) {
        Predicate<JobState> unfinished = state -> !state.isFinished();
        return audited(
                principal,
                "job.cancel",
                id,
                () -> change.apply(
                        principal, id, JobState.CANCELLED, unfinished, "has finished and can't be cancelled"));
    }

    /**
     * Pauses an unfinished job; items that are being processed end within seconds. A repetition does nothing.
     *
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus pause(Principal principal, JobId id) {
        return audited(
                principal,
                "job.pause",
                id,
                () -> change.apply(
                        principal, id, JobState.PAUSED, JobState::isActive, "has finished and can't be paused"));
    }

    /**
     * Resumes a paused job. Does nothing if it is not paused.
     *
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus resume(Principal principal, JobId id) {
        return audited(principal, "job.resume", id, () -> {
            JobStatus now = find(principal, id);
            return now.job().state().isActive()
                    ? now
                    : awake(change.apply(
                            principal,
                            id,
                            JobState.QUEUED,
                            state -> state == JobState.PAUSED,
                            "has finished; retry it, or submit a new one"));
        });
    }

    /**
     * Resets the failed items of a finished job to pending, and continues the job with these and all other items without a result. The time
     * of the call grows with their number. Safe to repeat after a crash.
     *
     * @throws dev.stowage.core.error.TooManyOpen when the principal has reached the limit of unfinished jobs, or of their items
     * @throws dev.stowage.core.error.Conflict when no item failed, or it has not finished
     */
    public JobStatus retry(Principal principal, JobId id) {
        return audited(principal, "job.retry", id, () -> {
            JobStatus now = find(principal, id);
            boolean nothingFailed =
                    now.progress().isComplete() && now.progress().failed() == 0;
            StateChange.require(
                    now.job(),
                    state -> canBeRetried(state) && !nothingFailed,
                    "has no failed items to retry, or has not finished");
            int reopened;
            do {
                reopened = jobs.reopen(id);
            } while (reopened > 0);
            return awake(change.apply(
                    principal, id, JobState.QUEUED, Jobs::canBeRetried, "was changed by another request; try again"));
        });
    }

    /** Wakes the workers, which otherwise find the job at their next interval. */
    private JobStatus awake(JobStatus job) {
        signals.send(Topic.JOBS, job.job().id().value());
        return job;
    }

    private static boolean canBeRetried(JobState state) {
        return state == JobState.FAILED || state == JobState.PARTIALLY_FAILED;
    }

    /**
     * Deletes the record of a finished job with its items and its idempotency key. Files are not changed.
     *
     * @throws dev.stowage.core.error.Conflict when it has not finished
     */
    public void delete(Principal principal, JobId id) {
        boolean unused = audited(principal, "job.delete", id, () -> {
            StateChange.require(
                    find(principal, id).job(),
                    JobState::isFinished,
                    "has not finished; cancel it before you delete it");
            jobs.remove(id);
            return true;
        });
    }

    private <T> T audited(Principal principal, String operation, JobId id, Supplier<T> work) {
        return access.audited(principal, AuditedAction.of(operation).with("job", id), work);
    }

    /** Finds a job without writing to the audit log, which the callers do. */
    private JobStatus find(Principal principal, JobId id) {
        access.permissions().check(principal, Action.JOBS);
        return jobs.find(id)
                .filter(status -> principal.owns(status.job().owner()))
                .orElseThrow(() -> NotFound.job(id.value()));
    }
}
