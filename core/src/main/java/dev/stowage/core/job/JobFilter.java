package dev.stowage.core.job;

import java.util.Optional;

/**
 * The filter of a job listing.
 *
 * @param owner the principal whose jobs to list; empty for all
 */
public record JobFilter(Optional<String> owner, Optional<JobState> state, Optional<String> operation) {

    /** Lists all jobs. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns the same filter for one owner; empty for all. */
    public JobFilter ofOwner(Optional<String> whose) {
        return new JobFilter(whose, state, operation);
    }

    /** Whether it includes {@code job}. */
    public boolean shows(BatchJob job) {
        return (owner.isEmpty() || owner.equals(job.owner()))
                && state.map(job.state()::equals).orElse(true)
                && operation.map(job.spec().operation()::equals).orElse(true);
    }
}
