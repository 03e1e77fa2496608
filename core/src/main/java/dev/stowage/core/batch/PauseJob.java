package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Stops a job for a while. */
public final class PauseJob {

    private final StateChange change;
    private final AccessPolicy access;

    public PauseJob(BatchJobs jobs, AccessPolicy access, InstantSource clock) {
        this.change = new StateChange(jobs, access, clock);
        this.access = access;
    }

    /**
     * Pauses a job that is not finished; what is being done at this moment ends within seconds. Again: does nothing.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job, or it is another principal's
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus pause(Principal principal, JobId id) {
        AuditedAction action = AuditedAction.of("job.pause").with("job", id);
        return access.audited(
                principal,
                action,
                () -> change.apply(
                        principal, id, JobState.PAUSED, JobState::isActive, "has finished and can't be paused"));
    }
}
