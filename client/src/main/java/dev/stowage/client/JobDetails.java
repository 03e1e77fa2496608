package dev.stowage.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A batch job as it was when the service answered.
 *
 * @param state {@code queued}, {@code running}, {@code paused}, {@code succeeded}, {@code partially_failed}, {@code failed} or
 *     {@code cancelled}
 * @param dryRun whether the job only says what it would do
 * @param message why the job failed, or what is worth knowing about its end
 */
public record JobDetails(
        String id,
        String operation,
        String state,
        boolean dryRun,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Progress progress,
        Optional<String> message) {

    private static final Set<String> FINISHED = Set.of("succeeded", "partially_failed", "failed", "cancelled");

    /**
     * How far a job is.
     *
     * @param total the number of items that were found so far
     * @param totalFinal whether all items were found
     * @param bytes the size of the files that succeeded
     * @param etaSeconds empty while it is unknown
     */
    public record Progress(
            long total,
            boolean totalFinal,
            long succeeded,
            long failed,
            long skipped,
            long unaddressable,
            long bytes,
            double itemsPerSecond,
            OptionalLong etaSeconds) {

        static Progress of(JsonFields json) {
            return new Progress(
                    json.number("total"),
                    json.flag("total_final"),
                    json.number("succeeded"),
                    json.number("failed"),
                    json.number("skipped"),
                    json.optionalNumber("unaddressable").orElse(0),
                    json.number("bytes"),
                    json.decimal("items_per_second"),
                    json.optionalNumber("eta_seconds"));
        }

        /** Returns the number of items that are done, in whatever way. */
        public long done() {
            return succeeded + failed + skipped;
        }
    }

    static JobDetails of(JsonFields json) {
        return new JobDetails(
                json.text("id"),
                json.text("operation"),
                json.text("state"),
                json.object("options").flag("dry_run"),
                json.time("created_at"),
                json.optionalTime("started_at"),
                json.optionalTime("finished_at"),
                Progress.of(json.object("progress")),
                json.object("error").optionalText("message"));
    }

    JobDetails with(Progress later) {
        return new JobDetails(id, operation, state, dryRun, createdAt, startedAt, finishedAt, later, message);
    }

    JobDetails with(String laterState) {
        return new JobDetails(id, operation, laterState, dryRun, createdAt, startedAt, finishedAt, progress, message);
    }

    /** Whether the job has ended. A retry begins it again. */
    public boolean isFinished() {
        return FINISHED.contains(state);
    }
}
