package dev.stowage.repositories;

import org.jdbi.v3.core.Handle;

/** Makes items pending again, some at a time; each method runs within the caller's transaction. */
final class RerunTable {

    private RerunTable() {}

    /** Reopens failed items, except those that failed before they could be tried. Returns how many. */
    static int reopen(Handle handle, long job, int max) {
        int reopened = handle.createUpdate("UPDATE job_item SET state = 1, attempts = 0, due_at = 0, error = NULL,"
                        + " message = NULL WHERE job = :job AND number IN (SELECT number FROM job_item"
                        + " WHERE job = :job AND state = 4 AND attempts > 0 LIMIT :max)")
                .bind("job", job)
                .bind("max", max)
                .execute();
        int unused = JobTable.update(handle, "failed = failed - :reopened", "number = :job")
                .bind("reopened", reopened)
                .bind("job", job)
                .execute();
        return reopened;
    }

    /**
     * Resets all claimed items, from the last one to the first; then all items of the job count as claimed.
     *
     * @return whether there are more items
     */
    static boolean restart(Handle handle, JobRow row, int max) {
        long from = Math.max(0, row.claimed() - max);
        int unusedItems = handle.createUpdate(
                        "UPDATE job_item SET state = 0, attempts = 0, due_at = NULL, claim = NULL,"
                                + " error = NULL, message = NULL WHERE job = :job AND number > :from AND number <= :claimed"
                                + " AND NOT (state = 4 AND attempts = 0)")
                .bind("job", row.number())
                .bind("from", from)
                .bind("claimed", row.claimed())
                .execute();
        if (from > 0) {
            int unused = JobTable.update(handle, "claimed = :from", "number = :job")
                    .bind("from", from)
                    .bind("job", row.number())
                    .execute();
            return true;
        }
        recount(handle, row.number());
        return false;
    }

    /** After the reset, only items that could never be tried have a result. */
    private static void recount(Handle handle, long job) {
        long untried = handle.createQuery("SELECT count(*) FROM job_item WHERE job = :job AND state = 4")
                .bind("job", job)
                .mapTo(Long.class)
                .one();
        int unused = JobTable.update(
                        handle,
                        "claimed = total, succeeded = 0, failed = :untried, skipped = 0, bytes = 0",
                        "number = :job")
                .bind("untried", untried)
                .bind("job", job)
                .execute();
    }
}
