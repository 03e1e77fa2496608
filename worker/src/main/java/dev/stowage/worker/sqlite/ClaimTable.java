package dev.stowage.worker.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of claims; each method runs within the caller's transaction. */
final class ClaimTable {

    private ClaimTable() {}

    /**
     * A claim.
     *
     * @param first of a range of items; after {@code last} when the items name the claim instead
     */
    record ClaimRow(long number, long job, long first, long last) {

        boolean isRange() {
            return first <= last;
        }
    }

    static ClaimRow insert(Handle handle, long job, String process, long first, long last) {
        long number = handle.createQuery("INSERT INTO job_claim (job, process, first, last)"
                        + " VALUES (:job, :process, :first, :last) RETURNING number")
                .bind("job", job)
                .bind("process", process)
                .bind("first", first)
                .bind("last", last)
                .mapTo(Long.class)
                .one();
        return new ClaimRow(number, job, first, last);
    }

    static Optional<ClaimRow> find(Handle handle, long number) {
        return handle.createQuery("SELECT number, job, first, last FROM job_claim WHERE number = :number")
                .bind("number", number)
                .map((row, context) -> new ClaimRow(
                        row.getLong("number"), row.getLong("job"), row.getLong("first"), row.getLong("last")))
                .findOne();
    }

    /** How many claims there are on a job's items. */
    static int count(Handle handle, long job) {
        return handle.createQuery("SELECT count(*) FROM job_claim WHERE job = :job")
                .bind("job", job)
                .mapTo(Integer.class)
                .one();
    }

    /** Claims of processes that are not alive. */
    static List<ClaimRow> ofTheDead(Handle handle, Instant now, int max) {
        return handle.createQuery("SELECT number, job, first, last FROM job_claim WHERE process NOT IN"
                        + " (SELECT id FROM process WHERE alive_until > :now) LIMIT :max")
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> new ClaimRow(
                        row.getLong("number"), row.getLong("job"), row.getLong("first"), row.getLong("last")))
                .list();
    }

    /** Ends a claim; what has no result waits, until right now. */
    static void end(Handle handle, ClaimRow claim, boolean attempted, Instant now) {
        String set = "UPDATE job_item SET state = 1, due_at = :now, claim = NULL, attempts = attempts + :attempts";
        int unusedRange = claim.isRange()
                ? handle.createUpdate(set + " WHERE job = :job AND number BETWEEN :first AND :last AND state = 0")
                        .bind("now", now.toEpochMilli())
                        .bind("attempts", attempted ? 1 : 0)
                        .bind("job", claim.job())
                        .bind("first", claim.first())
                        .bind("last", claim.last())
                        .execute()
                : 0;
        int unusedSet = handle.createUpdate(set + " WHERE claim = :claim AND state = 2")
                .bind("now", now.toEpochMilli())
                .bind("attempts", attempted ? 1 : 0)
                .bind("claim", claim.number())
                .execute();
        int unused = handle.execute("DELETE FROM job_claim WHERE number = ?", claim.number());
    }
}
