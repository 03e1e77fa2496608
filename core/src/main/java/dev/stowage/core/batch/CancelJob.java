package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Stops a job for good. */
public final class CancelJob {

    private final StateChange change;
    private final AccessPolicy access;

    public CancelJob(BatchJobs jobs, AccessPolicy access, InstantSource clock) {
        this.change = new StateChange(jobs, access, clock);
        this.access = access;
    }

    /**
     * Cancels a job that is not finished. What is being done at this moment may still get its result, within seconds; what has none stays
     * pending. Again: does nothing.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.Conflict when it has finished otherwise
     */
    public JobStatus cancel(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of("job.cancel").with("job", id);
        return access.audited(
                principal,
                action,
                () -> change.apply(
                        principal,
                        id,
                        JobState.CANCELLED,
                        state -> !state.isFinished(),
                        "has finished and can't be cancelled"));
    }
}
