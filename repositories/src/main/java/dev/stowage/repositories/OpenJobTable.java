package dev.stowage.repositories;

import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Chooses jobs fairly by owner: owners of open jobs, and their jobs with work; each method runs within the caller's transaction. */
final class OpenJobTable {

    /** Seeks from owner to owner, regardless of the number of their jobs. */
    static final String OWNERS = "WITH RECURSIVE turn (owner, n) AS ("
            + "SELECT (SELECT coalesce(owner, '') FROM batch_job WHERE state IN ('QUEUED', 'RUNNING')"
            + " AND coalesce(owner, '') >= :from ORDER BY coalesce(owner, '') LIMIT 1), 1"
            + " UNION ALL "
            + "SELECT (SELECT coalesce(owner, '') FROM batch_job WHERE state IN ('QUEUED', 'RUNNING')"
            + " AND coalesce(owner, '') > turn.owner ORDER BY coalesce(owner, '') LIMIT 1), n + 1"
            + " FROM turn WHERE owner IS NOT NULL AND n < :max) SELECT owner FROM turn WHERE owner IS NOT NULL";

    private static final String WAITING =
            "EXISTS (SELECT 1 FROM job_item WHERE job = batch_job.number AND job_item.state = 1 AND due_at <= :now)";

    static final String OPEN =
            "SELECT batch_job.*, " + WAITING + " AS waiting FROM batch_job WHERE coalesce(owner, '') = :owner"
                    + " AND state IN ('QUEUED', 'RUNNING') AND (total_final = 0 OR claimed < total OR interrupted = 1 OR "
                    + WAITING + ") ORDER BY priority DESC, number LIMIT :max";

    private OpenJobTable() {}

    /** Owners of open jobs; empty for jobs without an owner. */
    static List<String> owners(Handle handle, Optional<String> from, int max) {
        return handle.createQuery(OWNERS)
                .bind("from", from.orElse(""))
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    /** The position after an owner: no id is another one followed by a control character. */
    static String after(String owner) {
        return owner + '\u0001';
    }

    static List<BatchJobs.OpenJob> open(Handle handle, String owner, int max, Instant now) {
        return handle.createQuery(OPEN)
                .bind("owner", owner)
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> JobRows.job(row).open(row.getBoolean("waiting")))
                .list();
    }
}
