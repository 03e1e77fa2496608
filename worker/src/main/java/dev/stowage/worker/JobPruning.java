package dev.stowage.worker;

import dev.stowage.core.port.BatchJobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets jobs that ended long ago, and those that were removed, a few rows at a time. */
final class JobPruning {

    private final BatchJobs jobs;
    private final Duration retention;
    private final InstantSource clock;

    JobPruning(BatchJobs jobs, Duration retention, InstantSource clock) {
        this.jobs = jobs;
        this.retention = retention;
        this.clock = clock;
    }

    void prune() {
        Instant limit = clock.instant().minus(retention);
        boolean more;
        do {
            more = jobs.prune(limit) && !Thread.currentThread().isInterrupted();
        } while (more);
    }
}
