package dev.stowage.worker;

import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.WorkerConfig.JobRetention;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes the records of jobs that ended long ago, of removed jobs, and of old jobs of owners with many items, a few rows at a time. */
final class JobPruning {

    private final BatchJobs jobs;
    private final JobRetention retention;
    private final InstantSource clock;

    JobPruning(BatchJobs jobs, JobRetention retention, InstantSource clock) {
        this.jobs = jobs;
        this.retention = retention;
        this.clock = clock;
    }

    void prune() {
        Instant limit = clock.instant().minus(retention.time());
        boolean more;
        do {
            more = jobs.prune(limit, retention.items())
                    && !Thread.currentThread().isInterrupted();
        } while (more);
    }
}
