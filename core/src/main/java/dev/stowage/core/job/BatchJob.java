package dev.stowage.core.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job without its items.
 *
 * @param owner the principal who submitted it; empty where no authentication is required
 * @param startedAt when the enumeration of items began; kept through pauses and retries
 * @param finishedAt when it finished; empty before
 * @param error why it ended before all items had a result, if because of a failure, or that it ended without any items
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

    /** Returns a new job. */
    public static BatchJob queued(JobId id, Optional<String> owner, JobSpec spec, Instant now) {
        return new BatchJob(
                id, owner, spec, JobState.QUEUED, now, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** Returns the next version, in another state. */
    public BatchJob to(JobState next, Instant now) {
        Optional<Instant> started = next == JobState.RUNNING ? startedAt.or(() -> Optional.of(now)) : startedAt;
        Optional<Instant> finished = next.isFinished() ? Optional.of(now) : Optional.empty();
        return new BatchJob(id, owner, spec, next, createdAt, started, finished, Optional.empty(), version + 1);
    }

    /** Returns the next version, failed before all items had a result. */
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

    /**
     * Returns the next version if the job has ended: its items are done, or too many of them failed. Empty while it continues, and when it
     * is already finished.
     *
     * @param progress after the latest results
     */
    public Optional<BatchJob> ended(JobProgress progress, Instant now) {
        return JobVerdict.of(this, progress, now);
    }

    /** Returns the same version with the reason of its end, for the user. */
    BatchJob withError(JobFailure reason) {
        return new BatchJob(id, owner, spec, state, createdAt, startedAt, finishedAt, Optional.of(reason), version);
    }

    /** Returns the next version with a target that became known during the enumeration. */
    public BatchJob withTarget(JobTarget target) {
        return new BatchJob(
                id, owner, spec.withTarget(target), state, createdAt, startedAt, finishedAt, error, version + 1);
    }
}
