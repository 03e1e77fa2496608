package dev.stowage.repositories;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Deletes expired records of jobs, some rows at a time; each method runs within the caller's transaction. */
final class JobPruneTable {

    private static final String REMOVE = "UPDATE batch_job SET removed = 1, idempotency_key = NULL WHERE number = ?";
    private static final int JOBS_AT_ONCE = 100;

    private final String lock;

    JobPruneTable(SqlDialect dialect) {
        lock = "SELECT number FROM batch_job WHERE number = ?" + dialect.forUpdate();
    }

    /** Finished jobs that exceed the limit on items of their owner's finished jobs; never the owner's newest one. */
    static List<Long> surplus(Handle handle, long items) {
        return handle.createQuery("SELECT number FROM (SELECT number, row_number() OVER newest AS place,"
                        + " sum(total) OVER newest AS items FROM batch_job WHERE finished_at IS NOT NULL AND removed = 0"
                        + " WINDOW newest AS (PARTITION BY coalesce(owner, '') ORDER BY finished_at DESC, number DESC)) finished"
                        + " WHERE place > 1 AND items > :items LIMIT :max")
                .bind("items", items)
                .bind("max", JOBS_AT_ONCE)
                .mapTo(Long.class)
                .list();
    }

    /** Marks jobs as removed, if they are still finished: a retry may have reopened them. */
    static int remove(Handle handle, List<Long> jobs) {
        // Jobs are locked in the order of their numbers.
        return jobs.stream()
                .sorted()
                .mapToInt(job -> handle.execute(REMOVE + " AND finished_at IS NOT NULL", job))
                .sum();
    }

    /** Deletes rows of one job; returns whether there was one. */
    boolean prune(Handle handle, Instant before, int rows) {
        Optional<Long> read = JobKeyTable.anyDone(handle);
        if (read.isPresent()) {
            List<Long> unused =
                    handle.select(lock, read.get()).mapTo(Long.class).list();
            return JobKeyTable.delete(handle, read.get(), rows) > 0;
        }
        Optional<Long> job = handle.createQuery("SELECT number FROM batch_job WHERE removed = 1"
                        + " UNION ALL SELECT number FROM batch_job WHERE finished_at < :before LIMIT 1")
                .bind("before", before.toEpochMilli())
                .mapTo(Long.class)
                .findFirst();
        job.ifPresent(number -> prune(handle, number, before, rows));
        return job.isPresent();
    }

    private static void prune(Handle handle, long job, Instant before, int rows) {
        // A retry may have reopened it, and another process may have deleted it.
        if (handle.execute(REMOVE + " AND (removed = 1 OR finished_at < ?)", job, before.toEpochMilli()) == 0) {
            return;
        }
        // Before the items, which are locked after claims everywhere.
        int unusedClaims = handle.execute("DELETE FROM job_claim WHERE job = ?", job);
        int items = handle.execute(
                "DELETE FROM job_item WHERE job = ? AND number IN (SELECT number FROM job_item WHERE job = ? LIMIT ?)",
                job,
                job,
                rows);
        if (items < rows && JobKeyTable.delete(handle, job, rows) < rows) {
            int unused = handle.execute("DELETE FROM batch_job WHERE number = ?", job);
        }
    }
}
