package dev.stowage.core.batch;

import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;
import java.time.InstantSource;

/** Lets a job that was paused go on. */
public final class ResumeJob {

    private final BatchJobs jobs;
    private final StateChange change;

    public ResumeJob(BatchJobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.change = new StateChange(jobs, clock);
    }

    /**
     * Resumes a paused job. One that goes on anyway it leaves as it is.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job
     * @throws dev.stowage.core.error.Conflict when it has finished
     */
    public JobStatus resume(JobId id) {
        JobStatus now = new GetJob(jobs).get(id);
        if (now.job().state().isActive()) {
            return now;
        }
        return change.apply(
                id, JobState.QUEUED, state -> state == JobState.PAUSED, "has finished; retry it, or submit a new one");
    }
}
