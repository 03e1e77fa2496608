package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Has another go at what failed. */
public final class RetryJob {

    private final BatchJobs jobs;
    private final GetJob getJob;
    private final StateChange change;
    private final AccessPolicy access;

    /** @param limits of each principal */
    public RetryJob(BatchJobs jobs, AccessPolicy access, JobLimits limits, InstantSource clock) {
        this.jobs = jobs;
        this.getJob = new GetJob(jobs, access);
        this.change = new StateChange(jobs, access, limits, clock);
        this.access = access;
    }

    /**
     * Makes the failed items of a job that ended by itself pending again, and lets it go on with these and whatever else has no result.
     * Takes longer with their number. Interrupted by a crash, it can be repeated.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.TooManyOpen when the principal has too many jobs that have not finished, or too many items of such jobs
     * @throws dev.stowage.core.error.Conflict when nothing of it failed, or it has not finished
     */
    public JobStatus retry(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of("job.retry").with("job", id);
        return access.audited(principal, action, () -> retryUntold(principal, id));
    }

    private JobStatus retryUntold(Principal principal, JobId id) {
        JobStatus now = getJob.find(principal, id);
        boolean nothingFailed = now.progress().isComplete() && now.progress().failed() == 0;
        StateChange.require(
                now.job(),
                state -> canBeRetried(state) && !nothingFailed,
                "has no failed items to retry, or has not finished");
        int reopened;
        do {
            reopened = jobs.reopen(id);
        } while (reopened > 0);
        return change.apply(principal, id, JobState.QUEUED, RetryJob::canBeRetried, "was changed meanwhile");
    }

    private static boolean canBeRetried(JobState state) {
        return state == JobState.FAILED || state == JobState.PARTIALLY_FAILED;
    }
}
