package dev.stowage.repositories;

import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Maps what a job is to do to columns, which jobs and schedules have. */
final class SpecRows {

    /** The columns, for an insertion. */
    static final String COLUMNS =
            "operation, source_kind, source, source_count, source_filter, import_from, import_overwrite, target_prefix, target_strip,"
                    + " target_key, target_type, target_metadata, target_headers, dry_run, stop_on_error, max_attempts, concurrency,"
                    + " priority, failure_threshold";

    /** Their values, to be bound. */
    static final String VALUES =
            ":operation, :kind, :source, :count, :filter, :from, :overwrite, :prefix, :strip, :key, :type, :metadata,"
                    + " :headers, :dry_run, :stop, :attempts, :concurrency, :priority, :threshold";

    private SpecRows() {}

    /** Binds {@link #VALUES}. */
    static <S extends SqlStatement<S>> S bind(S statement, JobSpec spec) {
        JobTarget target = spec.target();
        JobOptions options = spec.options();
        return statement
                .bind("operation", FilterRows.operation(spec))
                .bind("kind", kind(spec.source()))
                .bind("source", text(spec.source()))
                .bind("count", count(spec.source()))
                .bind("filter", spec.filter().map(FilterRows::text))
                .bind("from", spec.importFrom().map(ImportFrom::name))
                .bind("overwrite", spec.importFrom().map(ImportFrom::overwrite).orElse(false))
                .bind("prefix", target.prefix().map(KeyPrefix::value))
                .bind("strip", target.stripPrefix().map(KeyPrefix::value))
                .bind("key", target.key().map(ObjectKey::value))
                .bind("type", target.changes().contentType().map(ContentType::value))
                .bind("metadata", target.changes().metadata().map(metadata -> SessionRows.text(metadata.values())))
                .bind("headers", HeaderRows.text(target.changes().headers()))
                .bind("dry_run", options.dryRun())
                .bind("stop", options.stopOnError())
                .bind("attempts", options.maxAttempts())
                .bind("concurrency", options.concurrency())
                .bind("priority", options.priority())
                .bind("threshold", options.failureThreshold());
    }

    static JobSpec spec(ResultSet row) throws SQLException {
        JobOptions options = new JobOptions(
                row.getBoolean("dry_run"),
                row.getBoolean("stop_on_error"),
                row.getInt("max_attempts"),
                row.getInt("concurrency"),
                row.getInt("priority"),
                JobRows.number(row, "failure_threshold").stream()
                        .mapToObj(Math::toIntExact)
                        .findFirst());
        Optional<SourceFilter> filter = JobRows.text(row, "source_filter").map(FilterRows::filter);
        return new JobSpec(
                FilterRows.operation(row.getString("operation"), filter),
                source(row),
                filter,
                importFrom(row),
                target(row),
                options);
    }

    private static Optional<ImportFrom> importFrom(ResultSet row) throws SQLException {
        boolean overwrite = row.getBoolean("import_overwrite");
        return JobRows.text(row, "import_from").map(name -> new ImportFrom(name, overwrite));
    }

    private static JobSource source(ResultSet row) throws SQLException {
        String text = row.getString("source");
        return switch (row.getString("source_kind")) {
            case "PREFIX" -> new JobSource.Prefix(new KeyPrefix(text));
            case "MANIFEST" -> new JobSource.Manifest(new ObjectKey(text));
            case "ARCHIVE" -> new JobSource.Archive(new ObjectKey(text));
            default -> new JobSource.Keys(text.lines().map(ObjectKey::new).toList(), row.getInt("source_count"));
        };
    }

    private static JobTarget target(ResultSet row) throws SQLException {
        return new JobTarget(
                JobRows.text(row, "target_prefix").map(KeyPrefix::new),
                JobRows.text(row, "target_strip").map(KeyPrefix::new),
                JobRows.text(row, "target_key").map(ObjectKey::new),
                new AttributeChanges(
                        JobRows.text(row, "target_type").map(ContentType::new),
                        JobRows.text(row, "target_metadata").map(SessionRows::metadata),
                        HeaderRows.values(row.getString("target_headers"))));
    }

    private static String kind(JobSource source) {
        if (source instanceof JobSource.Keys) {
            return "KEYS";
        }
        if (source instanceof JobSource.Archive) {
            return "ARCHIVE";
        }
        return source instanceof JobSource.Prefix ? "PREFIX" : "MANIFEST";
    }

    private static String text(JobSource source) {
        if (source instanceof JobSource.Prefix prefix) {
            return prefix.prefix().value();
        }
        if (source instanceof JobSource.Manifest manifest) {
            return manifest.key().value();
        }
        if (source instanceof JobSource.Archive archive) {
            return archive.key().value();
        }
        return String.join(
                "\n",
                ((JobSource.Keys) source).keys().stream().map(ObjectKey::value).toList());
    }

    private static int count(JobSource source) {
        return source instanceof JobSource.Keys keys ? keys.count() : 0;
    }
}
