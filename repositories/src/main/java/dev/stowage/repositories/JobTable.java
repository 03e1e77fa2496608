package dev.stowage.repositories;

import dev.stowage.core.event.Event;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The rows of jobs; each method runs within the caller's transaction. */
final class JobTable {

    /** Long enough to even out the batches in which results arrive. */
    private static final long RATE_MILLIS = 1000;

    private static final String SELECT = "SELECT * FROM batch_job WHERE removed = 0 AND ";
    private static final String UPDATE = "UPDATE batch_job SET revision = revision + 1, ";

    private static final String DONE = "(succeeded + failed + skipped + :done)";
    private static final String NEW_RATE = "(" + DONE + " - rate_done) * 1000.0 / (:now - rate_at)";
    private static final String RATE_IS_DUE = " = CASE WHEN rate_at = 0 OR :now - rate_at >= :span THEN ";
    private static final String RATE = "rate = CASE WHEN rate_at = 0 OR :now - rate_at < :span THEN rate"
            + " ELSE (coalesce(nullif(rate, 0), " + NEW_RATE + ") + " + NEW_RATE + ") / 2 END,"
            + " rate_at" + RATE_IS_DUE + ":now ELSE rate_at END,"
            + " rate_done" + RATE_IS_DUE + DONE + " ELSE rate_done END";

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
        return row(SpecRows.bind(
                        handle.createQuery("INSERT INTO batch_job (id, owner, " + SpecRows.COLUMNS
                                + ", idempotency_key, fingerprint, state, version, created_at, total_final) VALUES (:id, :owner, "
                                + SpecRows.VALUES
                                + ", :idempotency, :fingerprint, :state, :version, :created, :final) RETURNING *"),
                        job.spec())
                .bind("id", job.id().value())
                .bind("owner", job.owner())
                .bind("idempotency", idempotency.map(Idempotency::scope))
                .bind("fingerprint", idempotency.map(Idempotency::fingerprint))
                .bind("state", job.state())
                .bind("version", job.version())
                .bind("created", job.createdAt().toEpochMilli())
                .bind("final", totalFinal));
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
                        + (filter.operation().isPresent() ? " AND operation IN (:operation, :filtered)" : "")
                        + " ORDER BY number DESC LIMIT :limit")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("owner", filter.owner())
                .bind("state", filter.state().map(JobState::name))
                .bind("operation", filter.operation())
                .bind("filtered", filter.operation().map(FilterRows::filtered))
                .bind("limit", max + 1)
                .map((row, context) -> JobRows.job(row))
                .list();
        return Page.first(rows, max, JobRow::number).map(JobRow::status);
    }

    /** Changes the state of a job; its end is also an event. */
    static boolean change(Handle handle, BatchJob from, BatchJob to) {
        boolean changed = update(
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
        if (changed && to.state().isFinished()) {
            WaitingEventTable.add(handle, List.of(Event.of(to)));
        }
        return changed;
    }

    /** Marks a queued job as running, and returns it. */
    static BatchJob begin(Handle handle, JobRow row, Instant now) {
        BatchJob job = row.status().job();
        if (job.state() != JobState.QUEUED) {
            return job;
        }
        boolean unused = change(handle, job, job.to(JobState.RUNNING, now));
        return find(handle, job.id()).orElseThrow().status().job();
    }

    /** Adds to the counts, updates the rate, and ends the job when it is complete. Returns the job as it is then. */
    static JobRow count(Handle handle, JobRow row, Tally tally, Instant now) {
        JobRow counted = row(updating(
                        handle,
                        "total = total + :total, succeeded = succeeded + :succeeded, failed = failed + :failed,"
                                + " skipped = skipped + :skipped, bytes = bytes + :bytes, " + RATE,
                        "number = :number")
                .bind("number", row.number())
                .bind("total", tally.total())
                .bind("succeeded", tally.succeeded())
                .bind("failed", tally.failed())
                .bind("skipped", tally.skipped())
                .bind("done", tally.done())
                .bind("bytes", tally.bytes())
                .bind("now", now.toEpochMilli())
                .bind("span", RATE_MILLIS));
        return settle(handle, counted, now);
    }

    /** Adds to the items that were left out, and ends the job when it is complete. Returns the job as it is then. */
    static JobRow leaveOut(Handle handle, JobRow row, int items, Instant now) {
        JobRow counted = row(updating(handle, "left_out = left_out + :items", "number = :number")
                .bind("number", row.number())
                .bind("items", items));
        return settle(handle, counted, now);
    }

    /** Ends the job when its progress is complete. Returns the job as it is then. */
    static JobRow settle(Handle handle, JobRow row, Instant now) {
        BatchJob job = row.status().job();
        Optional<BatchJob> end = job.ended(row.status().progress(), now);
        if (end.isEmpty()) {
            return row;
        }
        boolean unused = change(handle, job, end.get());
        return find(handle, job.id()).orElseThrow();
    }

    /** An update that is visible to clients, with a new revision. */
    static Update update(Handle handle, String set, String where) {
        return handle.createUpdate(UPDATE + set + " WHERE " + where);
    }

    /** Like {@link #update}, for one job; the query returns its new row. */
    static Query updating(Handle handle, String set, String where) {
        return handle.createQuery(UPDATE + set + " WHERE " + where + " RETURNING *");
    }

    static JobRow row(Query query) {
        return query.map((columns, context) -> JobRows.job(columns)).one();
    }

    /** A change of a job's counts. */
    record Tally(long total, long succeeded, long failed, long skipped, long bytes) {

        long done() {
            return succeeded + failed + skipped;
        }
    }
}
