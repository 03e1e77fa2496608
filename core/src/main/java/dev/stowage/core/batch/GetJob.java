package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;

/** Tells how a job stands. */
public final class GetJob {

    private final BatchJobs jobs;
    private final AccessPolicy access;

    public GetJob(BatchJobs jobs, AccessPolicy access) {
        this.jobs = jobs;
        this.access = access;
    }

    /**
     * A job of {@code principal}'s.
     *
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to jobs
     * @throws NotFound when there is no such job, or it is another principal's
     */
    public JobStatus get(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of(Action.JOBS.id()).with("job", id);
        return access.asked(principal, action, () -> find(principal, id));
    }

    /** As {@link #get}, for callers that tell the audit log themselves. */
    JobStatus find(Principal principal, JobId id) {
        access.permissions().check(principal, Action.JOBS);
        return jobs.find(id)
                .filter(status -> principal.owns(status.job().owner()))
                .orElseThrow(() -> NotFound.job(id.value()));
    }
}
