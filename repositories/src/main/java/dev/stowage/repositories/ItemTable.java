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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of items; each method runs within the caller's transaction. */
final class ItemTable {

    static final int FRESH = 0;
    static final int WAITING = 1;
    static final int RECLAIMED = 2;
    static final int SUCCEEDED = 3;
    static final int FAILED = 4;
    static final int SKIPPED = 5;

    private static final String PAGE = "SELECT number, key, state, attempts, error, message FROM job_item"
            + " WHERE job = :job AND number > :after ORDER BY number LIMIT :limit";

    /** Both columns are compared with the rows, so that SQLite reads the rows first and looks up the items. */
    private static final String SAME = " v WHERE job = v.job_number AND number = v.item";

    private final String insert;
    private final String note;
    private final String record;
    private final String delete;

    ItemTable(SqlDialect dialect) {
        insert = "INSERT INTO job_item (job, number, key, size, etag, state, error, message)"
                + " SELECT :job, item, key, size, etag, state, error, message FROM "
                + dialect.rows(
                        "rows",
                        "item BIGINT",
                        "key TEXT",
                        "size BIGINT",
                        "etag TEXT",
                        "state BIGINT",
                        "error TEXT",
                        "message TEXT")
                + " v";
        note = "UPDATE job_item SET size = v.size, etag = v.etag, copy_etag = v.copy FROM "
                + dialect.rows("rows", "job_number BIGINT", "item BIGINT", "size BIGINT", "etag TEXT", "copy TEXT")
                + SAME;
        record = record(dialect);
        delete = "DELETE FROM job_item WHERE job = :job AND state < 3 AND number IN " + dialect.numbers("items");
    }

    static String record(SqlDialect dialect) {
        return "UPDATE job_item SET state = v.state, attempts = v.attempts, due_at = v.due, claim = NULL, error = v.error,"
                + " message = v.message FROM "
                + dialect.rows(
                        "rows",
                        "job_number BIGINT",
                        "item BIGINT",
                        "state BIGINT",
                        "attempts BIGINT",
                        "due BIGINT",
                        "error TEXT",
                        "message TEXT")
                + SAME
                + " AND job_item.state < 3 RETURNING number";
    }

    /** A page of items in a state, by the greater one of their state and 2: all states before a result are one. */
    static String pageOfState(SqlDialect dialect) {
        return "SELECT number, key, state, attempts, error, message FROM job_item WHERE job = :job AND "
                + dialect.greatest("state", "2") + " = :state AND number > :after ORDER BY number LIMIT :limit";
    }

    /** Appends items. */
    Tally insert(Handle handle, JobRow job, List<NewItem> items) {
        if (items.isEmpty()) {
            return new Tally(0, 0, 0, 0, 0);
        }
        AtomicLong number = new AtomicLong(job.last());
        RowSet rows = RowSet.of(
                items,
                (row, item) -> row.set("item", number.incrementAndGet())
                        .set("key", item.key())
                        .set("size", item.size())
                        .set("etag", item.etag().map(Etag::value))
                        .set("state", item.failure().isPresent() ? FAILED : FRESH)
                        .set("error", item.failure().map(JobFailure::error))
                        .set("message", item.failure().map(JobFailure::message)));
        int unused = handle.createUpdate(insert)
                .bind("job", job.number())
                .bind("rows", rows.json())
                .execute();
        long failed = items.stream().filter(item -> item.failure().isPresent()).count();
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
        return Page.first(found, max, ItemRecord::number);
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

    void note(Handle handle, long job, List<JobItem> items) {
        RowSet rows = RowSet.of(
                items,
                (row, item) -> row.set("job_number", job)
                        .set("item", item.number())
                        .set("size", item.size())
                        .set("etag", item.etag().map(Etag::value))
                        .set("copy", item.copyEtag().map(Etag::value)));
        int unused = handle.createUpdate(note).bind("rows", rows.json()).execute();
    }

    /** Records results of items that have none. */
    Tally record(Handle handle, long job, List<ItemResult> results) {
        RowSet rows = RowSet.of(results, (row, result) -> {
            boolean again = result.state() == ItemState.PENDING;
            row.set("job_number", job)
                    .set("item", result.number())
                    .set("state", again ? WAITING : code(result.state()))
                    .set("attempts", result.attempts())
                    .set("due", again ? OptionalLong.of(result.due().toEpochMilli()) : OptionalLong.empty())
                    .set("error", result.error())
                    .set("message", result.message());
        });
        Set<Long> changed = new HashSet<>(handle.createQuery(record)
                .bind("rows", rows.json())
                .mapTo(Long.class)
                .list());
        long[] counts = new long[SKIPPED + 1];
        long bytes = 0;
        for (ItemResult result : results) {
            if (changed.contains(result.number())) {
                counts[code(result.state())]++;
                bytes += result.state() == ItemState.SUCCEEDED ? result.bytes() : 0;
            }
        }
        return new Tally(0, counts[SUCCEEDED], counts[FAILED], counts[SKIPPED], bytes);
    }

    /** Deletes items without a result. Returns how many. */
    int delete(Handle handle, long job, List<Long> items) {
        return handle.createUpdate(delete)
                .bind("job", job)
                .bind("items", items.toString())
                .execute();
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
        return state == ItemState.PENDING ? RECLAIMED : code(state);
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
