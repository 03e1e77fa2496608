package dev.stowage.core.batch;

import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.port.BatchJobs;

/** Forgets a job that has finished. */
public final class DeleteJob {

    private final BatchJobs jobs;

    public DeleteJob(BatchJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Forgets it with its items and its idempotency key; files are not touched.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such job
     * @throws dev.stowage.core.error.Conflict when it has not finished
     */
    public void delete(JobId id) {
        StateChange.require(
                new GetJob(jobs).get(id).job(),
                JobState::isFinished,
                "has not finished; cancel it before you delete it");
        jobs.remove(id);
    }
}
