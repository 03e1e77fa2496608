package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.port.BatchJobs;

/** Forgets a job that has finished. */
public final class DeleteJob {

    private final BatchJobs jobs;
    private final GetJob getJob;
    private final AccessPolicy access;

    public DeleteJob(BatchJobs jobs, AccessPolicy access) {
        this.jobs = jobs;
        this.getJob = new GetJob(jobs, access);
        this.access = access;
    }

    /**
     * Forgets it with its items and its idempotency key; files are not touched.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.Conflict when it has not finished
     */
    public void delete(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of("job.delete").with("job", id);
        boolean unused = access.audited(principal, action, () -> {
            StateChange.require(
                    getJob.find(principal, id).job(),
                    JobState::isFinished,
                    "has not finished; cancel it before you delete it");
            jobs.remove(id);
            return true;
        });
    }
}
