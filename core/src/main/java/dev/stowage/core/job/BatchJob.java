package dev.stowage.core.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job, but for its items.
 *
 * @param owner the principal who submitted it; empty where nobody has to say who they are
 * @param startedAt when the first item was looked for; kept through pauses and retries
 * @param finishedAt when it came to its end; empty before
 * @param error why it ended before all items had a result, where a failure is the reason; or that it ended without any items
 * @param version grows with each change of state
 */
public record BatchJob(
        JobId id,
        Optional<String> owner,
        JobSpec spec,
        JobState state,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<JobFailure> error,
        long version) {

    /** A new one. */
    public static BatchJob queued(JobId id, Optional<String> owner, JobSpec spec, Instant now) {
        return new BatchJob(
                id, owner, spec, JobState.QUEUED, now, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** The next version: in another state from now on. */
    public BatchJob to(JobState next, Instant now) {
        Optional<Instant> started = next == JobState.RUNNING ? startedAt.or(() -> Optional.of(now)) : startedAt;
        Optional<Instant> finished = next.isFinished() ? Optional.of(now) : Optional.empty();
        return new BatchJob(id, owner, spec, next, createdAt, started, finished, Optional.empty(), version + 1);
    }

    /** The next version: failed, before all items had a result. */
    public BatchJob failed(JobFailure reason, Instant now) {
        return new BatchJob(
                id,
                owner,
                spec,
                JobState.FAILED,
                createdAt,
                startedAt,
                Optional.of(now),
                Optional.of(reason),
                version + 1);
    }

    /** The same version, with what its user has to know of how it ended. */
    BatchJob withError(JobFailure reason) {
        return new BatchJob(id, owner, spec, state, createdAt, startedAt, finishedAt, Optional.of(reason), version);
    }

    /** The next version: with a target that is told only now. */
    public BatchJob withTarget(JobTarget target) {
        return new BatchJob(
                id, owner, spec.withTarget(target), state, createdAt, startedAt, finishedAt, error, version + 1);
    }
}
