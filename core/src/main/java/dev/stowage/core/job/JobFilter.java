package dev.stowage.core.job;

import java.util.Optional;

/**
 * Which jobs a listing shows.
 *
 * @param owner whose; empty for everybody's
 */
public record JobFilter(Optional<String> owner, Optional<JobState> state, Optional<String> operation) {

    /** All of them. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** The same, of one owner; empty for everybody. */
    public JobFilter ofOwner(Optional<String> whose) {
        return new JobFilter(whose, state, operation);
    }

    /** Whether it shows {@code job}. */
    public boolean shows(BatchJob job) {
        return (owner.isEmpty() || owner.equals(job.owner()))
                && state.map(job.state()::equals).orElse(true)
                && operation.map(job.spec().operation()::equals).orElse(true);
    }
}
