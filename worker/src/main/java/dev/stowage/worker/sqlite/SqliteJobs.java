package dev.stowage.worker.sqlite;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemPage;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobPage;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.session.ProcessId;
import dev.stowage.worker.sqlite.ClaimTable.ClaimRow;
import dev.stowage.worker.sqlite.JobTable.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Batch jobs in SQLite. */
final class SqliteJobs implements BatchJobs {

    /** How many rows one transaction changes, so that others don't wait long for theirs. */
    private static final int ROWS_AT_ONCE = 10_000;

    private final WorkerDatabase database;
    private final String process;

    SqliteJobs(WorkerDatabase database, ProcessId process) {
        this.database = database;
        this.process = process.value();
    }

    @Override
    public JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys) {
        return database.write(handle -> {
            Optional<JobRow> known = idempotency.flatMap(same -> JobTable.find(handle, same));
            if (known.isPresent()) {
                return known.get().status();
            }
            boolean all = job.spec().source() instanceof JobSource.Keys;
            JobRow row = JobTable.insert(handle, job, idempotency, all);
            Tally added = ItemTable.insert(handle, row, keys);
            JobTable.count(handle, row, added, job.createdAt());
            return JobTable.find(handle, job.id()).orElseThrow().status();
        });
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        return database.read(handle -> JobTable.find(handle, id).map(JobRow::status));
    }

    @Override
    public JobPage list(JobFilter filter, int max, OptionalLong before) {
        return database.read(handle -> JobTable.list(handle, filter, max, before));
    }

    @Override
    public ItemPage items(JobId id, Optional<ItemState> state, int max, long after) {
        return database.read(handle -> JobTable.find(handle, id)
                .map(job -> ItemTable.page(handle, job.number(), state, max, after))
                .orElseGet(() -> new ItemPage(List.of(), OptionalLong.empty())));
    }

    @Override
    public boolean change(BatchJob from, BatchJob to) {
        return database.write(handle -> JobTable.change(handle, from, to));
    }

    @Override
    public int reopen(JobId id) {
        return database.write(handle -> {
            Optional<JobRow> found = JobTable.find(handle, id)
                    .filter(row -> row.status().job().state().isFinished());
            if (found.isEmpty()) {
                return 0;
            }
            long job = found.get().number();
            // What failed before it was tried has nothing that could be tried.
            int reopened = handle.createUpdate("UPDATE job_item SET state = 1, attempts = 0, due_at = 0, error = NULL,"
                            + " message = NULL WHERE job = :job AND number IN (SELECT number FROM job_item"
                            + " WHERE job = :job AND state = 4 AND attempts > 0 LIMIT :max)")
                    .bind("job", job)
                    .bind("max", ROWS_AT_ONCE)
                    .execute();
            int unused = JobTable.update(handle, "failed = failed - :reopened", "number = :job")
                    .bind("reopened", reopened)
                    .bind("job", job)
                    .execute();
            return reopened;
        });
    }

    @Override
    public int restart(JobId id) {
        return database.write(handle ->
                JobTable.find(handle, id).map(row -> restart(handle, row)).orElse(0));
    }

    /** From the last one claimed to the first. */
    private static int restart(Handle handle, JobRow row) {
        long from = Math.max(0, row.claimed() - ROWS_AT_ONCE);
        int unusedClaims = handle.execute("DELETE FROM job_claim WHERE job = ?", row.number());
        int restarted = handle.createUpdate("UPDATE job_item SET state = 0, attempts = 0, due_at = NULL, claim = NULL,"
                        + " error = NULL, message = NULL WHERE job = :job AND number > :from AND number <= :claimed"
                        + " AND NOT (state = 4 AND attempts = 0)")
                .bind("job", row.number())
                .bind("from", from)
                .bind("claimed", row.claimed())
                .execute();
        int unusedJob = JobTable.update(handle, "claimed = :from", "number = :job")
                .bind("from", from)
                .bind("job", row.number())
                .execute();
        if (from == 0) {
            recount(handle, row);
        }
        return restarted;
    }

    /** Once all is as it was before the first claim, only what could never be tried has a result. */
    private static void recount(Handle handle, JobRow row) {
        long untried = handle.createQuery("SELECT count(*) FROM job_item WHERE job = :job AND state = 4")
                .bind("job", row.number())
                .mapTo(Long.class)
                .one();
        int unused = JobTable.update(
                        handle, "succeeded = 0, failed = :untried, skipped = 0, bytes = 0", "number = :job")
                .bind("untried", untried)
                .bind("job", row.number())
                .execute();
    }

    @Override
    public void remove(JobId id) {
        int unused = database.write(handle -> handle.execute(
                "UPDATE batch_job SET removed = 1, idempotency_key = NULL WHERE id = ? AND finished_at IS NOT NULL",
                id.value()));
    }

    @Override
    public List<OpenJob> open(int max, Instant now) {
        return database.read(handle -> JobTable.open(handle, max).stream()
                .map(row -> row.open(ItemTable.anyDue(handle, row.number(), now)))
                .toList());
    }

    @Override
    public boolean enumerated(JobId id, List<NewItem> items, String checkpoint, Instant now) {
        return database.write(handle -> {
            Optional<JobRow> found = active(handle, id);
            found.ifPresent(row -> {
                JobTable.begin(handle, row, now);
                boolean mayRepeat = row.status().job().spec().source() instanceof JobSource.Manifest;
                Tally added = ItemTable.insert(
                        handle, row, mayRepeat ? JobKeyTable.insert(handle, row.number(), items) : items);
                int unused = handle.execute(
                        "UPDATE batch_job SET checkpoint = ? WHERE number = ?", checkpoint, row.number());
                JobTable.count(handle, row, added, now);
            });
            return found.isPresent() && active(handle, id).isPresent();
        });
    }

    @Override
    public void enumeratedAll(JobId id, Optional<KeyPrefix> stripPrefix, Instant now) {
        boolean unused = database.write(handle -> {
            active(handle, id).ifPresent(row -> {
                JobTable.begin(handle, row, now);
                int unusedRows = JobTable.update(
                                handle,
                                "total_final = 1, target_strip = coalesce(:strip, target_strip)",
                                "number = :number")
                        .bind("strip", stripPrefix.map(KeyPrefix::value))
                        .bind("number", row.number())
                        .execute();
                JobTable.settle(handle, id, now);
            });
            return true;
        });
    }

    @Override
    public Optional<Claim> claim(JobId id, int max, Instant now) {
        return database.write(handle -> active(handle, id).flatMap(row -> claim(handle, row, max, now)));
    }

    private Optional<Claim> claim(Handle handle, JobRow row, int max, Instant now) {
        int concurrency = row.status().job().spec().options().concurrency();
        if (ClaimTable.count(handle, row.number()) >= concurrency) {
            return Optional.empty();
        }
        JobTable.begin(handle, row, now);
        BatchJob job = JobTable.find(handle, row.status().job().id())
                .orElseThrow()
                .status()
                .job();
        long total = row.status().progress().total();
        if (row.claimed() < total) {
            long last = Math.min(total, row.claimed() + max);
            ClaimRow claim = ClaimTable.insert(handle, row.number(), process, row.claimed() + 1, last);
            int unused = handle.execute("UPDATE batch_job SET claimed = ? WHERE number = ?", last, row.number());
            List<JobItem> items = ItemTable.fresh(
                    handle, row.number(), claim.first(), claim.last(), Math.min(max, BatchJobs.MAX_PAGE));
            return Optional.of(new Claim(claim.number(), job, items));
        }
        if (!ItemTable.anyDue(handle, row.number(), now)) {
            return Optional.empty();
        }
        ClaimRow claim = ClaimTable.insert(handle, row.number(), process, 1, 0);
        List<JobItem> items =
                ItemTable.claimDue(handle, row.number(), claim.number(), Math.min(max, BatchJobs.MAX_PAGE), now);
        return Optional.of(new Claim(claim.number(), job, items));
    }

    @Override
    public List<JobItem> items(Claim claim, long after) {
        return database.read(handle -> ClaimTable.find(handle, claim.number())
                .map(row -> row.isRange()
                        ? ItemTable.fresh(handle, row.job(), Math.max(row.first(), after + 1), row.last(), MAX_PAGE)
                        : ItemTable.claimed(handle, row.number(), after, MAX_PAGE))
                .orElse(List.of()));
    }

    @Override
    public void note(Claim claim, List<JobItem> items) {
        if (items.isEmpty()) {
            return;
        }
        boolean unused = database.write(handle -> {
            ClaimTable.find(handle, claim.number()).ifPresent(row -> ItemTable.note(handle, row.job(), items));
            return true;
        });
    }

    @Override
    public void record(Claim claim, List<ItemResult> results, Instant now) {
        if (results.isEmpty()) {
            return;
        }
        boolean unused = database.write(handle -> {
            // A process that was taken for dead has lost its claim; who has the items now tells what became of them.
            if (ClaimTable.find(handle, claim.number()).isPresent()) {
                JobTable.find(handle, claim.job().id())
                        .ifPresent(row ->
                                JobTable.count(handle, row, ItemTable.record(handle, row.number(), results), now));
            }
            return true;
        });
    }

    @Override
    public void giveBack(Claim claim, boolean attempted, Instant now) {
        boolean unused = database.write(handle -> {
            ClaimTable.find(handle, claim.number()).ifPresent(row -> ClaimTable.end(handle, row, attempted, now));
            return true;
        });
    }

    @Override
    public int recover(Instant now) {
        return database.write(handle -> {
            List<ClaimRow> dead = ClaimTable.ofTheDead(handle, now, 10);
            dead.forEach(claim -> ClaimTable.end(handle, claim, true, now));
            return dead.size();
        });
    }

    @Override
    public boolean prune(Instant before) {
        return database.write(handle -> {
            Optional<Long> read = JobKeyTable.anyDone(handle);
            if (read.isPresent()) {
                return JobKeyTable.delete(handle, read.get(), ROWS_AT_ONCE) > 0;
            }
            Optional<Long> job = handle.createQuery("SELECT number FROM batch_job WHERE removed = 1"
                            + " UNION ALL SELECT number FROM batch_job WHERE finished_at < :before LIMIT 1")
                    .bind("before", before.toEpochMilli())
                    .mapTo(Long.class)
                    .findFirst();
            job.ifPresent(number -> prune(handle, number));
            return job.isPresent();
        });
    }

    private static void prune(Handle handle, long job) {
        int unusedJob =
                handle.execute("UPDATE batch_job SET removed = 1, idempotency_key = NULL WHERE number = ?", job);
        int items = handle.execute(
                "DELETE FROM job_item WHERE job = ? AND number IN (SELECT number FROM job_item WHERE job = ? LIMIT ?)",
                job,
                job,
                ROWS_AT_ONCE);
        if (items < ROWS_AT_ONCE && JobKeyTable.delete(handle, job, ROWS_AT_ONCE) < ROWS_AT_ONCE) {
            int unusedClaims = handle.execute("DELETE FROM job_claim WHERE job = ?", job);
            int unused = handle.execute("DELETE FROM batch_job WHERE number = ?", job);
        }
    }

    private static Optional<JobRow> active(Handle handle, JobId id) {
        return JobTable.find(handle, id)
                .filter(row -> row.status().job().state().isActive());
    }
}
