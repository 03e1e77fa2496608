package dev.stowage.repositories;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Deletes expired records of jobs, some rows at a time; each method runs within the caller's transaction. */
final class JobPruneTable {

    private static final String REMOVE = "UPDATE batch_job SET removed = 1, idempotency_key = NULL WHERE number = ?";
    private static final int JOBS_AT_ONCE = 100;

    private JobPruneTable() {}

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
    static void remove(Handle handle, List<Long> jobs) {
        jobs.forEach(job -> {
            int unused = handle.execute(REMOVE + " AND finished_at IS NOT NULL", job);
        });
    }

    /** Deletes rows of one job; returns whether there was one. */
    static boolean prune(Handle handle, Instant before, int rows) {
        Optional<Long> read = JobKeyTable.anyDone(handle);
        if (read.isPresent()) {
            return JobKeyTable.delete(handle, read.get(), rows) > 0;
        }
        Optional<Long> job = handle.createQuery("SELECT number FROM batch_job WHERE removed = 1"
                        + " UNION ALL SELECT number FROM batch_job WHERE finished_at < :before LIMIT 1")
                .bind("before", before.toEpochMilli())
                .mapTo(Long.class)
                .findFirst();
        job.ifPresent(number -> prune(handle, number, rows));
        return job.isPresent();
    }

    private static void prune(Handle handle, long job, int rows) {
        int unusedJob = handle.execute(REMOVE, job);
        int items = handle.execute(
                "DELETE FROM job_item WHERE job = ? AND number IN (SELECT number FROM job_item WHERE job = ? LIMIT ?)",
                job,
                job,
                rows);
        if (items < rows && JobKeyTable.delete(handle, job, rows) < rows) {
            int unusedClaims = handle.execute("DELETE FROM job_claim WHERE job = ?", job);
            int unused = handle.execute("DELETE FROM batch_job WHERE number = ?", job);
        }
    }
}
