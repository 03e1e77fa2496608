package dev.stowage.core.job;

import dev.stowage.core.error.InvalidInput;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Submits a job again and again.
 *
 * @param owner the principal who created it, and who owns its jobs; empty where no authentication is required
 * @param name for people: 1 to 100 characters without control characters
 * @param cron minute, hour, day of the month, month and day of the week
 * @param overlaps whether a job is submitted while the previous one has not finished
 * @param version grows with each change
 */
public record JobSchedule(
        String id,
        Optional<String> owner,
        String name,
        String cron,
        ZoneId zone,
        boolean overlaps,
        JobSpec job,
        Instant createdAt,
        Runs runs,
        long version) {

    private static final int MAX_NAME = 100;

    /**
     * What was run, and what will be.
     *
     * @param nextAt the time of the next run; empty while the schedule is disabled
     * @param begunAt the time of a run that was begun and may not have been submitted yet
     * @param lastAt the time of the latest run that was submitted
     * @param lastJob its job
     * @param missed the number of times at which no job was submitted
     * @param error why the latest run could not be submitted; empty when it was
     */
    public record Runs(
            Optional<Instant> nextAt,
            Optional<Instant> begunAt,
            Optional<Instant> lastAt,
            Optional<JobId> lastJob,
            long missed,
            Optional<JobFailure> error) {

        /** No run yet. */
        public static Runs from(Instant first) {
            return new Runs(
                    Optional.of(first), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());
        }

        /** Returns the same runs, with another next one. */
        public Runs next(Optional<Instant> time) {
            return new Runs(time, begunAt, lastAt, lastJob, missed, error);
        }

        /** Returns the runs after the one at {@code time} was begun. */
        public Runs begun(Instant time) {
            return new Runs(nextAt, Optional.of(time), lastAt, lastJob, missed, error);
        }

        /** Returns the runs after the one that was begun was submitted. */
        public Runs submitted(JobId submitted) {
            return new Runs(nextAt, Optional.empty(), begunAt, Optional.of(submitted), missed, Optional.empty());
        }

        /** Returns the runs after the one that was begun was refused. */
        public Runs refused(JobFailure why) {
            return new Runs(nextAt, Optional.empty(), lastAt, lastJob, missed + 1, Optional.of(why));
        }

        /** Returns the same runs, with more that were missed. */
        public Runs missing(long more) {
            return new Runs(nextAt, begunAt, lastAt, lastJob, missed + more, error);
        }
    }

    /** @throws InvalidInput when the name is not valid */
    public JobSchedule {
        boolean clean = name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (name.isBlank() || name.length() > MAX_NAME || !clean) {
            throw InvalidInput.ofField(
                    "name", "name must have 1 to " + MAX_NAME + " characters, none of them control characters");
        }
    }

    /** Whether it submits jobs. */
    public boolean enabled() {
        return runs.nextAt().isPresent();
    }

    /** Returns the next version. */
    public JobSchedule with(Runs changed) {
        return new JobSchedule(id, owner, name, cron, zone, overlaps, job, createdAt, changed, version + 1);
    }
}
