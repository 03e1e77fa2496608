package dev.stowage.repositories;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The rows of jobs; each method runs within the caller's transaction. */
final class JobTable {

    /** Long enough to even out the batches in which results arrive. */
    private static final long RATE_MILLIS = 1000;

    private static final String SELECT = "SELECT * FROM batch_job WHERE removed = 0 AND ";

    private final String selectForUpdate;

    JobTable(SqlDialect dialect) {
        selectForUpdate = SELECT + "id = :id" + dialect.forUpdate();
    }

    /** The row of a job, locked. */
    Optional<JobRow> lock(Handle handle, JobId id) {
        return handle.createQuery(selectForUpdate)
                .bind("id", id.value())
                .map((row, context) -> JobRows.job(row))
                .findOne();
    }

    static JobRow insert(Handle handle, BatchJob job, Optional<Idempotency> idempotency, boolean totalFinal) {
        JobTarget target = job.spec().target();
        JobOptions options = job.spec().options();
        int unused = handle.createUpdate(
                        "INSERT INTO batch_job (id, owner, operation, source_kind, source, source_count,"
                                + " target_prefix, target_strip, target_key, target_type, target_metadata, target_headers, dry_run,"
                                + " stop_on_error, max_attempts, concurrency, priority, failure_threshold, idempotency_key,"
                                + " fingerprint, state, version, created_at, total_final) VALUES (:id, :owner, :operation, :kind,"
                                + " :source, :count, :prefix, :strip, :key, :type, :metadata, :headers, :dry_run, :stop, :attempts,"
                                + " :concurrency, :priority, :threshold, :idempotency, :fingerprint, :state, :version,"
                                + " :created, :final)")
                .bind("id", job.id().value())
                .bind("owner", job.owner())
                .bind("operation", job.spec().operation())
                .bind("kind", JobRows.kind(job.spec().source()))
                .bind("source", JobRows.text(job.spec().source()))
                .bind("count", JobRows.count(job.spec().source()))
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
                .bind("threshold", options.failureThreshold())
                .bind("idempotency", idempotency.map(Idempotency::scope))
                .bind("fingerprint", idempotency.map(Idempotency::fingerprint))
                .bind("state", job.state())
                .bind("version", job.version())
                .bind("created", job.createdAt().toEpochMilli())
                .bind("final", totalFinal)
                .execute();
        return find(handle, job.id()).orElseThrow();
    }

    static Optional<JobRow> find(Handle handle, JobId id) {
        return handle.createQuery(SELECT + "id = :id")
                .bind("id", id.value())
                .map((row, context) -> JobRows.job(row))
                .findOne();
    }

    /** The job that was submitted earlier with the same key. */
    static Optional<JobRow> find(Handle handle, Idempotency idempotency) {
        Optional<String> fingerprint = handle.createQuery(
                        "SELECT fingerprint FROM batch_job WHERE idempotency_key = :key")
                .bind("key", idempotency.scope())
                .mapTo(String.class)
                .findOne();
        if (fingerprint.isEmpty()) {
            return Optional.empty();
        }
        if (!fingerprint.get().equals(idempotency.fingerprint())) {
            throw idempotency.reused();
        }
        return handle.createQuery(SELECT + "idempotency_key = :key")
                .bind("key", idempotency.scope())
                .map((row, context) -> JobRows.job(row))
                .findOne();
    }

    static Page<JobStatus, Long> list(Handle handle, JobFilter filter, int max, Optional<Long> before) {
        List<JobRow> rows = handle.createQuery(SELECT
                        + "number < :before"
                        + (filter.owner().isPresent() ? " AND owner = :owner" : "")
                        + (filter.state().isPresent() ? " AND state = :state" : "")
                        + (filter.operation().isPresent() ? " AND operation = :operation" : "")
                        + " ORDER BY number DESC LIMIT :limit")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("owner", filter.owner())
                .bind("state", filter.state().map(JobState::name))
                .bind("operation", filter.operation())
                .bind("limit", max + 1)
                .map((row, context) -> JobRows.job(row))
                .list();
        List<JobStatus> jobs = rows.stream().limit(max).map(JobRow::status).toList();
        return new Page<>(
                jobs, rows.size() > max ? Optional.of(rows.get(max - 1).number()) : Optional.empty());
    }

    static boolean change(Handle handle, BatchJob from, BatchJob to) {
        return update(
                                handle,
                                "state = :state, version = :version, started_at = :started, finished_at = :finished,"
                                        + " error = :error, message = :message, rate = 0, rate_at = 0",
                                "id = :id AND removed = 0 AND version = :from")
                        .bind("id", from.id().value())
                        .bind("from", from.version())
                        .bind("state", to.state())
                        .bind("version", to.version())
                        .bind("started", to.startedAt().map(Instant::toEpochMilli))
                        .bind("finished", to.finishedAt().map(Instant::toEpochMilli))
                        .bind("error", to.error().map(JobFailure::error))
                        .bind("message", to.error().map(JobFailure::message))
                        .execute()
                == 1;
    }

    /** Marks a queued job as running, and returns it. */
    static BatchJob begin(Handle handle, JobRow row, Instant now) {
        BatchJob job = row.status().job();
        if (job.state() == JobState.QUEUED) {
            boolean unused = change(handle, job, job.to(JobState.RUNNING, now));
        }
        return find(handle, job.id()).orElseThrow().status().job();
    }

    /** Adds to the counts, updates the rate, and ends the job when it is complete. */
    static void count(Handle handle, JobRow row, Tally tally, Instant now) {
        int unused = update(
                        handle,
                        "total = total + :total, succeeded = succeeded + :succeeded, failed = failed + :failed,"
                                + " skipped = skipped + :skipped, bytes = bytes + :bytes",
                        "number = :number")
                .bind("number", row.number())
                .bind("total", tally.total())
                .bind("succeeded", tally.succeeded())
                .bind("failed", tally.failed())
                .bind("skipped", tally.skipped())
                .bind("bytes", tally.bytes())
                .execute();
        measure(handle, row, now);
        settle(handle, row.status().job().id(), now);
    }

    /** Ends the job when its progress is complete. */
    static void settle(Handle handle, JobId id, Instant now) {
        find(handle, id).ifPresent(row -> {
            BatchJob job = row.status().job();
            job.ended(row.status().progress(), now).ifPresent(end -> {
                boolean unused = change(handle, job, end);
            });
        });
    }

    /** An update that is visible to clients, with a new revision. */
    static Update update(Handle handle, String set, String where) {
        return handle.createUpdate("UPDATE batch_job SET revision = revision + 1, " + set + " WHERE " + where);
    }

    private static void measure(Handle handle, JobRow row, Instant now) {
        int unused = handle.createUpdate("UPDATE batch_job SET"
                        + " rate = CASE WHEN rate_at = 0 THEN 0 ELSE (coalesce(nullif(rate, 0),"
                        + " (succeeded + failed + skipped - rate_done) * 1000.0 / (:now - rate_at))"
                        + " + (succeeded + failed + skipped - rate_done) * 1000.0 / (:now - rate_at)) / 2 END,"
                        + " rate_at = :now, rate_done = succeeded + failed + skipped"
                        + " WHERE number = :number AND (rate_at = 0 OR :now - rate_at >= :span)")
                .bind("number", row.number())
                .bind("now", now.toEpochMilli())
                .bind("span", RATE_MILLIS)
                .execute();
    }

    /** A change of a job's counts. */
    record Tally(long total, long succeeded, long failed, long skipped, long bytes) {}
}
