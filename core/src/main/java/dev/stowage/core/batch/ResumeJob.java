package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Lets a job that was paused go on. */
public final class ResumeJob {

    private final GetJob getJob;
    private final StateChange change;
    private final AccessPolicy access;

    public ResumeJob(BatchJobs jobs, AccessPolicy access, InstantSource clock) {
        this.getJob = new GetJob(jobs, access);
        this.change = new StateChange(jobs, access, clock);
        this.access = access;
    }

    /**
     * Resumes a paused job. One that goes on anyway it leaves as it is.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus resume(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of("job.resume").with("job", id);
        return access.audited(principal, action, () -> resumeUntold(principal, id));
    }

    private JobStatus resumeUntold(Principal principal, JobId id) {
        JobStatus now = getJob.find(principal, id);
        if (now.job().state().isActive()) {
            return now;
        }
        return change.apply(
                principal,
                id,
                JobState.QUEUED,
                state -> state == JobState.PAUSED,
                "has finished; retry it, or submit a new one");
    }
}
