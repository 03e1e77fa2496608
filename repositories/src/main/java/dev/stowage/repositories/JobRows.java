package dev.stowage.repositories;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
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
                spec(row),
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

    static String kind(JobSource source) {
        if (source instanceof JobSource.Keys) {
            return "KEYS";
        }
        return source instanceof JobSource.Prefix ? "PREFIX" : "MANIFEST";
    }

    static String text(JobSource source) {
        if (source instanceof JobSource.Prefix prefix) {
            return prefix.prefix().value();
        }
        if (source instanceof JobSource.Manifest manifest) {
            return manifest.key().value();
        }
        return String.join(
                "\n",
                ((JobSource.Keys) source).keys().stream().map(ObjectKey::value).toList());
    }

    static int count(JobSource source) {
        return source instanceof JobSource.Keys keys ? keys.count() : 0;
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

    private static JobSpec spec(ResultSet row) throws SQLException {
        JobOptions options = new JobOptions(
                row.getBoolean("dry_run"),
                row.getBoolean("stop_on_error"),
                row.getInt("max_attempts"),
                row.getInt("concurrency"),
                row.getInt("priority"),
                number(row, "failure_threshold").stream()
                        .mapToObj(Math::toIntExact)
                        .findFirst());
        Optional<SourceFilter> filter = text(row, "source_filter").map(FilterRows::filter);
        return new JobSpec(
                FilterRows.operation(row.getString("operation"), filter), source(row), filter, target(row), options);
    }

    private static JobSource source(ResultSet row) throws SQLException {
        String text = row.getString("source");
        return switch (row.getString("source_kind")) {
            case "PREFIX" -> new JobSource.Prefix(new KeyPrefix(text));
            case "MANIFEST" -> new JobSource.Manifest(new ObjectKey(text));
            default -> new JobSource.Keys(text.lines().map(ObjectKey::new).toList(), row.getInt("source_count"));
        };
    }

    private static JobTarget target(ResultSet row) throws SQLException {
        return new JobTarget(
                text(row, "target_prefix").map(KeyPrefix::new),
                text(row, "target_strip").map(KeyPrefix::new),
                text(row, "target_key").map(ObjectKey::new),
                new AttributeChanges(
                        text(row, "target_type").map(ContentType::new),
                        text(row, "target_metadata").map(SessionRows::metadata),
                        HeaderRows.values(row.getString("target_headers"))));
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
