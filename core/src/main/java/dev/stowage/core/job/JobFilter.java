package dev.stowage.core.job;

import java.util.Optional;

/** Which jobs a listing shows. */
public record JobFilter(Optional<JobState> state, Optional<String> operation) {

    /** All of them. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty());

    /** Whether it shows {@code job}. */
    public boolean shows(BatchJob job) {
        return state.map(job.state()::equals).orElse(true)
                && operation.map(job.spec().operation()::equals).orElse(true);
    }
}
