package dev.stowage.core.batch;

import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Stops a job for a while. */
public final class PauseJob {

    private final StateChange change;

    public PauseJob(BatchJobs jobs, InstantSource clock) {
        this.change = new StateChange(jobs, clock);
    }

    /**
     * Pauses a job that is not finished; what is being done at this moment ends within seconds. Again: does nothing.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus pause(JobId id) {
        return change.apply(id, JobState.PAUSED, JobState::isActive, "has finished and can't be paused");
    }
}
