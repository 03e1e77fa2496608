package dev.stowage.repositories;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Maps jobs to rows. */
final class JobRows {

    private JobRows() {}

    static JobRow job(ResultSet row) throws SQLException {
        BatchJob job = new BatchJob(
                new JobId(row.getString("id")),
                text(row, "owner"),
                SpecRows.spec(row),
                JobState.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                text(row, "error").map(error -> new JobFailure(error, message(row))),
                row.getLong("version"));
        JobStatus status = new JobStatus(job, progress(row, job), row.getLong("revision"));
        return new JobRow(
                row.getLong("number"),
                status,
                text(row, "checkpoint"),
                row.getLong("total"),
                row.getLong("claimed"),
                row.getBoolean("interrupted"));
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static JobProgress progress(ResultSet row, BatchJob job) throws SQLException {
        long succeeded = row.getLong("succeeded");
        long failed = row.getLong("failed");
        long skipped = row.getLong("skipped");
        return new JobProgress(
                row.getLong("total") - row.getLong("left_out"),
                row.getBoolean("total_final"),
                succeeded,
                failed,
                skipped,
                row.getLong("unaddressable"),
                row.getLong("bytes"),
                rate(row, job, succeeded + failed + skipped));
    }

    /** The average over the whole run, for an ended job. */
    private static double rate(ResultSet row, BatchJob job, long done) throws SQLException {
        if (job.finishedAt().isEmpty() || job.startedAt().isEmpty()) {
            return row.getDouble("rate");
        }
        long millis =
                Duration.between(job.startedAt().get(), job.finishedAt().get()).toMillis();
        return done * 1000.0 / Math.max(millis, 1);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return number(row, column).stream().mapToObj(Instant::ofEpochMilli).findFirst();
    }

    private static String message(ResultSet row) {
        try {
            return row.getString("message");
        } catch (SQLException e) {
            throw new IllegalStateException("the row has no message", e);
        }
    }
}
