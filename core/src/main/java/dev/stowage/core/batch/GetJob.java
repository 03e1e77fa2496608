package dev.stowage.core.batch;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.BatchJobs;

/** Tells how a job stands. */
public final class GetJob {

    private final BatchJobs jobs;

    public GetJob(BatchJobs jobs) {
        this.jobs = jobs;
    }

    /** @throws NotFound when there is no such job */
    public JobStatus get(JobId id) {
        return jobs.find(id).orElseThrow(() -> NotFound.job(id.value()));
    }
}
