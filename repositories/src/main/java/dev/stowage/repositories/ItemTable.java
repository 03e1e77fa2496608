package dev.stowage.repositories;

import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.Page;
import dev.stowage.repositories.JobTable.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The rows of items; each method runs within the caller's transaction. */
final class ItemTable {

    static final int FRESH = 0;
    static final int WAITING = 1;
    static final int CLAIMED_AGAIN = 2;
    static final int SUCCEEDED = 3;
    static final int FAILED = 4;
    static final int SKIPPED = 5;

    private static final String PAGE = "SELECT number, key, state, attempts, error, message FROM job_item"
            + " WHERE job = :job AND number > :after ORDER BY number LIMIT :limit";

    private ItemTable() {}

    /** A page of items in a state, by the greater one of their state and 2: all states before a result are one. */
    static String pageOfState(SqlDialect dialect) {
        return "SELECT number, key, state, attempts, error, message FROM job_item WHERE job = :job AND "
                + dialect.greatest("state", "2") + " = :state AND number > :after ORDER BY number LIMIT :limit";
    }

    /** Appends items. */
    static Tally insert(Handle handle, JobRow job, List<NewItem> items) {
        long number = job.status().progress().total();
        long failed = 0;
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO job_item (job, number, key, size, etag, state,"
                + " error, message) VALUES (:job, :number, :key, :size, :etag, :state, :error, :message)")) {
            for (NewItem item : items) {
                failed += item.failure().isPresent() ? 1 : 0;
                PreparedBatch unused = batch.bind("job", job.number())
                        .bind("number", ++number)
                        .bind("key", item.key())
                        .bind("size", item.size())
                        .bind("etag", item.etag().map(Etag::value))
                        .bind("state", item.failure().isPresent() ? FAILED : FRESH)
                        .bind("error", item.failure().map(JobFailure::error))
                        .bind("message", item.failure().map(JobFailure::message))
                        .add();
            }
            if (!items.isEmpty()) {
                batch.execute();
            }
        }
        return new Tally(items.size(), 0, failed, 0, 0);
    }

    static Page<ItemRecord, Long> page(
            Handle handle, SqlDialect dialect, long job, Optional<ItemState> state, int max, long after) {
        Query query = state.map(one -> handle.createQuery(pageOfState(dialect)).bind("state", lastCode(one)))
                .orElseGet(() -> handle.createQuery(PAGE));
        List<ItemRecord> found = query.bind("job", job)
                .bind("after", after)
                .bind("limit", max + 1)
                .map((row, context) -> new ItemRecord(
                        row.getLong("number"),
                        row.getString("key"),
                        state(row.getInt("state")),
                        row.getInt("attempts"),
                        JobRows.text(row, "error"),
                        JobRows.text(row, "message")))
                .list();
        return found.size() <= max
                ? new Page<>(found, Optional.empty())
                : new Page<>(
                        found.subList(0, max), Optional.of(found.get(max - 1).number()));
    }

    /** Items of a range that were never tried. */
    static List<JobItem> fresh(Handle handle, long job, long first, long last, int max) {
        return handle.createQuery("SELECT number, key, size, etag, copy_etag, attempts FROM job_item WHERE job = :job"
                        + " AND number BETWEEN :first AND :last AND state = 0 ORDER BY number LIMIT :max")
                .bind("job", job)
                .bind("first", first)
                .bind("last", last)
                .bind("max", max)
                .map((row, context) -> item(row))
                .list();
    }

    /** Assigns items that are due to a claim. */
    static List<JobItem> claimDue(Handle handle, long job, long claim, int max, Instant now) {
        int unused = handle.createUpdate("UPDATE job_item SET state = 2, claim = :claim, due_at = NULL WHERE job = :job"
                        + " AND number IN (SELECT number FROM job_item WHERE job = :job AND state = 1"
                        + " AND due_at <= :now ORDER BY due_at, number LIMIT :max)")
                .bind("job", job)
                .bind("claim", claim)
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .execute();
        return claimed(handle, claim, 0, max);
    }

    /** Items assigned to a claim. */
    static List<JobItem> claimed(Handle handle, long claim, long after, int max) {
        return handle.createQuery(
                        "SELECT number, key, size, etag, copy_etag, attempts FROM job_item WHERE claim = :claim"
                                + " AND number > :after ORDER BY number LIMIT :max")
                .bind("claim", claim)
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> item(row))
                .list();
    }

    static boolean anyDue(Handle handle, long job, Instant now) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM job_item WHERE job = :job AND state = 1 AND due_at <= :now)")
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .mapTo(Boolean.class)
                .one();
    }

    static void note(Handle handle, long job, List<JobItem> items) {
        try (PreparedBatch batch = handle.prepareBatch(
                "UPDATE job_item SET size = :size, etag = :etag, copy_etag = :copy WHERE job = :job AND number = :number")) {
            for (JobItem item : items) {
                PreparedBatch unused = batch.bind("job", job)
                        .bind("number", item.number())
                        .bind("size", item.size())
                        .bind("etag", item.etag().map(Etag::value))
                        .bind("copy", item.copyEtag().map(Etag::value))
                        .add();
            }
            batch.execute();
        }
    }

    /** Records results of items that have none. */
    static Tally record(Handle handle, long job, List<ItemResult> results) {
        int[] changed;
        try (PreparedBatch batch = handle.prepareBatch("UPDATE job_item SET state = :state, attempts = :attempts,"
                + " due_at = :due, claim = NULL, error = :error, message = :message"
                + " WHERE job = :job AND number = :number AND state < 3")) {
            for (ItemResult result : results) {
                boolean again = result.state() == ItemState.PENDING;
                PreparedBatch unused = batch.bind("job", job)
                        .bind("number", result.number())
                        .bind("state", again ? WAITING : code(result.state()))
                        .bind("attempts", result.attempts())
                        .bind("due", again ? Optional.of(result.due().toEpochMilli()) : Optional.<Long>empty())
                        .bind("error", result.error())
                        .bind("message", result.message())
                        .add();
            }
            changed = batch.execute();
        }
        return tally(results, changed);
    }

    private static Tally tally(List<ItemResult> results, int[] changed) {
        long[] counts = new long[SKIPPED + 1];
        long bytes = 0;
        for (int i = 0; i < changed.length; i++) {
            ItemResult result = results.get(i);
            counts[code(result.state())] += changed[i];
            bytes += result.state() == ItemState.SUCCEEDED ? changed[i] * result.bytes() : 0;
        }
        return new Tally(0, counts[SUCCEEDED], counts[FAILED], counts[SKIPPED], bytes);
    }

    private static JobItem item(ResultSet row) throws SQLException {
        return new JobItem(
                row.getLong("number"),
                new ObjectKey(row.getString("key")),
                row.getInt("attempts"),
                JobRows.number(row, "size"),
                JobRows.text(row, "etag").map(Etag::new),
                JobRows.text(row, "copy_etag").map(Etag::new));
    }

    private static int code(ItemState state) {
        return switch (state) {
            case PENDING -> FRESH;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case SKIPPED -> SKIPPED;
        };
    }

    private static int lastCode(ItemState state) {
        return state == ItemState.PENDING ? CLAIMED_AGAIN : code(state);
    }

    private static ItemState state(int code) {
        return switch (code) {
            case SUCCEEDED -> ItemState.SUCCEEDED;
            case FAILED -> ItemState.FAILED;
            case SKIPPED -> ItemState.SKIPPED;
            default -> ItemState.PENDING;
        };
    }
}
