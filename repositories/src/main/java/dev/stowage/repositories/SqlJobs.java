package dev.stowage.repositories;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.repositories.ClaimTable.ClaimRow;
import dev.stowage.repositories.ClaimTable.Kind;
import dev.stowage.repositories.JobTable.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Batch jobs in an SQL database. */
final class SqlJobs implements BatchJobs {

    /** The most rows changed by one transaction, so that other changes don't wait long. */
    private static final int ROWS_AT_ONCE = 10_000;

    private static final int CLAIMS_AT_ONCE = 10;

    private final SqlDatabase database;
    private final SqlDialect dialect;
    private final JobTable jobTable;
    private final ClaimTable claimTable;
    private final ItemTable itemTable;
    private final JobKeyTable keyTable;
    private final JobPruneTable jobPruneTable;
    private final String process;

    SqlJobs(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.dialect = database.dialect();
        this.jobTable = new JobTable(dialect);
        this.claimTable = new ClaimTable(dialect);
        this.itemTable = new ItemTable(dialect);
        this.keyTable = new JobKeyTable(dialect);
        this.jobPruneTable = new JobPruneTable(dialect);
        this.process = process.value();
    }

    @Override
    public JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys, JobLimits limits) {
        return database.add(handle -> {
            JobLimitTable.lock(handle, dialect, job.owner());
            Optional<JobRow> known = idempotency.flatMap(same -> JobTable.find(handle, same));
            if (known.isPresent()) {
                return known.get().status();
            }
            JobLimitTable.checkOpen(handle, job.owner(), limits);
            idempotency.ifPresent(key -> JobLimitTable.checkKeys(handle, job.owner(), limits));
            boolean all = job.spec().source() instanceof JobSource.Keys;
            JobLimitTable.checkItems(handle, job.owner(), all ? keys.size() : 1, limits);
            JobRow row = JobTable.insert(handle, job, idempotency, all);
            Tally added = itemTable.insert(handle, row, keys);
            return JobTable.count(handle, row, added, job.createdAt()).status();
        });
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        return database.read(handle -> JobTable.find(handle, id).map(JobRow::status));
    }

    @Override
    public Page<JobStatus, Long> list(JobFilter filter, int max, Optional<Long> before) {
        return database.read(handle -> JobTable.list(handle, filter, max, before));
    }

    @Override
    public Page<ItemRecord, Long> items(JobId id, Optional<ItemState> state, int max, long after) {
        return database.read(handle -> JobTable.find(handle, id)
                .map(job -> ItemTable.page(handle, dialect, job.number(), state, max, after))
                .orElseGet(() -> new Page<>(List.of(), Optional.empty())));
    }

    @Override
    public boolean change(BatchJob from, BatchJob to, JobLimits limits) {
        return database.write(handle -> {
            if (from.state().isFinished() && !to.state().isFinished()) {
                JobLimitTable.lock(handle, dialect, from.owner());
                JobLimitTable.checkOpen(handle, from.owner(), limits);
                long items = JobTable.find(handle, from.id()).map(JobRow::last).orElse(0L);
                JobLimitTable.checkItems(handle, from.owner(), items, limits);
            }
            return JobTable.change(handle, from, to);
        });
    }

    @Override
    public int reopen(JobId id) {
        return database.write(handle -> {
            Optional<JobRow> found = jobTable.lock(handle, id)
                    .filter(row -> row.status().job().state().isFinished());
            if (found.isEmpty()) {
                return 0;
            }
            return RerunTable.reopen(handle, found.get().number(), ROWS_AT_ONCE);
        });
    }

    @Override
    public void remove(JobId id) {
        int unused = database.write(handle -> handle.execute(
                "UPDATE batch_job SET removed = 1, idempotency_key = NULL WHERE id = ? AND finished_at IS NOT NULL",
                id.value()));
    }

    @Override
    public Page<BatchJobs.OpenJob, String> open(Optional<String> from, int owners, int each, Instant now) {
        return database.read(handle -> {
            List<String> some = OpenJobTable.owners(handle, from, owners);
            List<BatchJobs.OpenJob> jobs = some.stream()
                    .flatMap(owner -> OpenJobTable.open(handle, owner, each, now).stream())
                    .toList();
            return new Page<>(
                    jobs,
                    some.size() < owners ? Optional.empty() : Optional.of(OpenJobTable.after(some.get(owners - 1))));
        });
    }

    @Override
    public Optional<Claim> claimSource(JobId id, Instant now) {
        return database.write(handle -> active(handle, id)
                .filter(row -> !row.status().progress().totalFinal()
                        && !ClaimTable.isHeld(handle, row.number(), Kind.SOURCE, now))
                .map(row -> {
                    ClaimTable.of(handle, row.number(), Kind.SOURCE)
                            .forEach(dead -> ClaimTable.end(handle, dead.number(), true, now));
                    return insert(handle, row, Kind.SOURCE, now);
                }));
    }

    @Override
    public Optional<Claim> claimWhole(JobId id, Instant now) {
        return database.write(handle -> active(handle, id)
                .filter(row -> row.status().progress().totalFinal()
                        && !ClaimTable.isHeld(handle, row.number(), Kind.ITEMS, now)
                        && !ClaimTable.isHeld(handle, row.number(), Kind.WHOLE, now))
                .map(row -> {
                    int unused = handle.execute("DELETE FROM job_claim WHERE job = ?", row.number());
                    int unusedJob =
                            handle.execute("UPDATE batch_job SET interrupted = 0 WHERE number = ?", row.number());
                    return insert(handle, row, Kind.WHOLE, now);
                }));
    }

    private Claim insert(Handle handle, JobRow row, Kind kind, Instant now) {
        BatchJob job = JobTable.begin(handle, row, now);
        long last = kind == Kind.WHOLE ? row.last() : 0;
        ClaimRow claim = ClaimTable.insert(handle, row.number(), process, kind, 1, last);
        return new Claim(claim.number(), job, List.of(), row.checkpoint());
    }

    @Override
    public boolean enumerated(Claim claim, BatchJobs.FoundItems found, JobLimits limits, Instant now) {
        return database.write(handle -> {
            JobLimitTable.lock(handle, dialect, claim.job().owner());
            Optional<JobRow> job = active(handle, claim.job().id());
            ClaimRow unusedClaim = held(handle, claim);
            return job.map(row -> {
                        boolean mayRepeat = row.status().job().spec().source() instanceof JobSource.Manifest;
                        List<NewItem> items =
                                mayRepeat ? keyTable.insert(handle, row.number(), found.items()) : found.items();
                        JobLimitTable.checkFound(handle, row.status().job().owner(), items.size(), limits);
                        Tally added = itemTable.insert(handle, row, items);
                        int unused = handle.execute(
                                "UPDATE batch_job SET checkpoint = ?, unaddressable = unaddressable + ? WHERE number = ?",
                                found.checkpoint(),
                                found.unaddressable(),
                                row.number());
                        JobRow counted = JobTable.count(handle, row, added, now);
                        return counted.status().job().state().isActive();
                    })
                    .orElse(false);
        });
    }

    @Override
    public void enumeratedAll(Claim claim, Optional<KeyPrefix> stripPrefix, Instant now) {
        boolean unused = database.write(handle -> {
            Optional<JobRow> job = active(handle, claim.job().id());
            ClaimRow held = held(handle, claim);
            job.ifPresent(row -> {
                JobRow complete = JobTable.row(JobTable.updating(
                                handle,
                                "total_final = 1, target_strip = coalesce(:strip, target_strip)",
                                "number = :number")
                        .bind("strip", stripPrefix.map(KeyPrefix::value))
                        .bind("number", row.number()));
                JobRow unusedEnd = JobTable.settle(handle, complete, now);
            });
            return ClaimTable.end(handle, held.number(), false, now);
        });
    }

    @Override
    public boolean restart(Claim claim) {
        return database.write(handle -> {
            Optional<JobRow> job = jobTable.lock(handle, claim.job().id());
            ClaimRow held = held(handle, claim);
            return job.filter(row -> held.kind() == Kind.WHOLE
                            && !row.status().job().state().isOutcome())
                    .map(row -> RerunTable.restart(handle, row, ROWS_AT_ONCE))
                    .orElse(false);
        });
    }

    @Override
    public Optional<Claim> claim(JobId id, int max, Instant now) {
        return database.write(handle -> active(handle, id).flatMap(row -> claim(handle, row, max, now)));
    }

    private Optional<Claim> claim(Handle handle, JobRow row, int max, Instant now) {
        int concurrency = row.status().job().spec().options().concurrency();
        if (ClaimTable.countItems(handle, row.number(), process, now) >= concurrency) {
            return Optional.empty();
        }
        BatchJob job = JobTable.begin(handle, row, now);
        if (row.claimed() < row.last()) {
            long last = Math.min(row.last(), row.claimed() + max);
            ClaimRow claim = ClaimTable.insert(handle, row.number(), process, Kind.ITEMS, row.claimed() + 1, last);
            int unused = handle.execute("UPDATE batch_job SET claimed = ? WHERE number = ?", last, row.number());
            List<JobItem> items = ItemTable.fresh(
                    handle, row.number(), claim.first(), claim.last(), Math.min(max, BatchJobs.MAX_PAGE));
            return Optional.of(new Claim(claim.number(), job, items, Optional.empty()));
        }
        if (!ItemTable.anyDue(handle, row.number(), now)) {
            return Optional.empty();
        }
        ClaimRow claim = ClaimTable.insert(handle, row.number(), process, Kind.ITEMS, 1, 0);
        List<JobItem> items =
                ItemTable.claimDue(handle, row.number(), claim.number(), Math.min(max, BatchJobs.MAX_PAGE), now);
        return Optional.of(new Claim(claim.number(), job, items, Optional.empty()));
    }

    @Override
    public List<JobItem> items(Claim claim, long after) {
        return database.read(handle -> {
            ClaimRow row = ClaimTable.find(handle, claim.number()).orElseThrow(() -> new ClaimLost(claim));
            return row.isRange()
                    ? ItemTable.fresh(handle, row.job(), Math.max(row.first(), after + 1), row.last(), MAX_PAGE)
                    : ItemTable.claimed(handle, row.number(), after, MAX_PAGE);
        });
    }

    @Override
    public void note(Claim claim, List<JobItem> items) {
        if (items.isEmpty()) {
            return;
        }
        boolean unused = database.write(handle -> {
            itemTable.note(handle, held(handle, claim).job(), items);
            return true;
        });
    }

    @Override
    public void record(Claim claim, List<ItemResult> results, Instant now) {
        if (results.isEmpty()) {
            return;
        }
        Optional<JobRow> unused = database.write(handle -> {
            Optional<JobRow> job = jobTable.lock(handle, claim.job().id());
            ClaimRow held = held(handle, claim);
            return job.map(row -> JobTable.count(handle, row, itemTable.record(handle, held.job(), results), now));
        });
    }

    @Override
    public void leaveOut(Claim claim, List<Long> items, Instant now) {
        if (items.isEmpty()) {
            return;
        }
        Optional<JobRow> unused = database.write(handle -> {
            Optional<JobRow> job = jobTable.lock(handle, claim.job().id());
            ClaimRow held = held(handle, claim);
            return job.map(row -> JobTable.leaveOut(handle, row, itemTable.delete(handle, held.job(), items), now));
        });
    }

    @Override
    public void fail(Claim claim, JobFailure failure, Instant now) {
        boolean unused = database.write(handle -> {
            Optional<JobRow> found = active(handle, claim.job().id());
            ClaimRow held = held(handle, claim);
            found.ifPresent(row -> {
                BatchJob job = row.status().job();
                boolean unusedChange = JobTable.change(handle, job, job.failed(failure, now));
            });
            return ClaimTable.end(handle, held.number(), false, now);
        });
    }

    @Override
    public void giveBack(Claim claim, boolean attempted, Instant now) {
        boolean unused = database.write(handle -> {
            Optional<JobRow> unusedJob = jobTable.lock(handle, claim.job().id());
            return ClaimTable.end(handle, claim.number(), attempted, now);
        });
    }

    @Override
    public int recover(Set<JobId> atWork, Instant now) {
        Set<String> ids = atWork.stream().map(JobId::value).collect(Collectors.toSet());
        return database.write(handle -> {
            List<ClaimRow> lost = new ArrayList<>(ClaimTable.ofDeadProcesses(handle, now, CLAIMS_AT_ONCE));
            lost.addAll(ClaimTable.leftBehind(handle, process, ids));
            claimTable.lockJobs(handle, lost);
            return (int) lost.stream()
                    .map(ClaimRow::number)
                    .distinct()
                    .sorted()
                    .filter(claim -> ClaimTable.end(handle, claim, true, now))
                    .count();
        });
    }

    @Override
    public boolean prune(Instant before, long items) {
        List<Long> surplus = database.read(handle -> JobPruneTable.surplus(handle, items));
        if (!surplus.isEmpty()) {
            int unused = database.write(handle -> JobPruneTable.remove(handle, surplus));
        }
        return database.write(handle -> jobPruneTable.prune(handle, before, ROWS_AT_ONCE));
    }

    /** The row of a claim, under which a write is made; locked after the job, where both are. */
    private ClaimRow held(Handle handle, Claim claim) {
        return claimTable.lock(handle, claim.number()).orElseThrow(() -> new ClaimLost(claim));
    }

    /** The row of a job that is queued or running, locked. */
    private Optional<JobRow> active(Handle handle, JobId id) {
        return jobTable.lock(handle, id)
                .filter(row -> row.status().job().state().isActive());
    }
}
