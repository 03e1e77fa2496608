package dev.stowage.core.batch;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.records.BatchJobs;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Changes the state of jobs, also under concurrent changes. Callers write to the audit log. */
final class StateChange {

    private static final int ATTEMPTS = 100;

    private final BatchJobs jobs;
    private final BiFunction<Principal, JobId, JobStatus> finder;
    private final JobLimits limits;
    private final InstantSource clock;

    /** @param finder finds a principal's own job */
    StateChange(BatchJobs jobs, BiFunction<Principal, JobId, JobStatus> finder, JobLimits limits, InstantSource clock) {
        this.jobs = jobs;
        this.finder = finder;
        this.limits = limits;
        this.clock = clock;
    }

    /** Does nothing when the job is already in that state. */
    JobStatus apply(Principal principal, JobId id, JobState next, Predicate<JobState> from, String otherwise) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            JobStatus status = finder.apply(principal, id);
            BatchJob job = status.job();
            if (job.state() == next) {
                return status;
            }
            require(job, from, otherwise);
            if (jobs.change(job, job.to(next, clock.instant().truncatedTo(ChronoUnit.MILLIS)), limits)) {
                return finder.apply(principal, id);
            }
        }
        throw new Conflict("The job " + id + " is being changed by other requests; try again");
    }

    static void require(BatchJob job, Predicate<JobState> state, String otherwise) {
        if (!state.test(job.state())) {
            throw new Conflict("The job " + job.id() + " (" + job.state().id() + ") " + otherwise);
        }
    }
}
