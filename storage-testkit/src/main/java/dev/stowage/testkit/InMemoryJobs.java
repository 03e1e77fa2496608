package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
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
import dev.stowage.core.port.records.Leases;
import dev.stowage.testkit.MemoryJob.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Batch jobs in memory, as seen by one process. Safe for concurrent use; durable for as long as the object is referenced. */
public final class InMemoryJobs implements BatchJobs {

    private final ProcessId process;
    private final Leases leases;
    private final Shared shared;

    /** Creates an empty record. */
    public InMemoryJobs() {
        this(new ProcessId("test"));
    }

    private InMemoryJobs(ProcessId process) {
        this(process, new InMemoryLeases(process), new Shared());
    }

    private InMemoryJobs(ProcessId process, Leases leases, Shared shared) {
        this.process = process;
        this.leases = leases;
        this.shared = shared;
    }

    /** Returns the same record for a process with the leases {@code its}. */
    public InMemoryJobs as(ProcessId other, Leases its) {
        return new InMemoryJobs(other, its, shared);
    }

    @Override
    public JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys, JobLimits limits) {
        synchronized (shared) {
            for (MemoryJob known : shared.table.jobs) {
                if (known.idempotency.isPresent()
                        && known.idempotency.map(Idempotency::scope).equals(idempotency.map(Idempotency::scope))) {
                    if (!known.idempotency.equals(idempotency)) {
                        throw idempotency.orElseThrow().reused();
                    }
                    return known.status();
                }
            }
            shared.table.checkOpen(job, limits);
            if (idempotency.isPresent()
                    && shared.table
                                    .ofOwner(job)
                                    .filter(known -> known.idempotency.isPresent())
                                    .count()
                            >= limits.idempotencyKeys()) {
                throw TooManyOpen.idempotencyKeys(limits.idempotencyKeys());
            }
            boolean all = job.spec().source() instanceof JobSource.Keys;
            shared.table.checkItems(job, all ? keys.size() : 1, limits);
            MemoryJob added = new MemoryJob(++shared.numbers, job, idempotency);
            added.totalFinal = all;
            added.add(keys);
            shared.table.jobs.add(added);
            return added.status();
        }
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        synchronized (shared) {
            return shared.table.job(id).map(MemoryJob::status);
        }
    }

    @Override
    public Page<JobStatus, Long> list(JobFilter filter, int max, Optional<Long> before) {
        synchronized (shared) {
            return shared.table.list(filter, max, before);
        }
    }

    @Override
    public Page<ItemRecord, Long> items(JobId id, Optional<ItemState> state, int max, long after) {
        synchronized (shared) {
            List<ItemRecord> found = shared.table.job(id).stream()
                    .flatMap(job -> job.items.stream())
                    .filter(item -> !item.isLeftOut())
                    .filter(item ->
                            item.number > after && state.map(item.state::equals).orElse(true))
                    .limit(max + 1L)
                    .map(Item::record)
                    .toList();
            return Page.first(found, max, ItemRecord::number);
        }
    }

    @Override
    public boolean change(BatchJob from, BatchJob to, JobLimits limits) {
        synchronized (shared) {
            if (from.state().isFinished() && !to.state().isFinished()) {
                shared.table.checkOpen(from, limits);
                shared.table.checkItems(
                        from,
                        shared.table.job(from.id()).map(job -> job.items.size()).orElse(0),
                        limits);
            }
            Optional<MemoryJob> found = shared.table.job(from.id()).filter(job -> job.job.version() == from.version());
            found.ifPresent(job -> job.become(to));
            return found.isPresent();
        }
    }

    @Override
    public int reopen(JobId id) {
        synchronized (shared) {
            List<Item> failed = shared
                    .table
                    .job(id)
                    .filter(job -> job.job.state().isFinished())
                    .stream()
                    .flatMap(job -> job.items.stream())
                    .filter(item -> item.state == ItemState.FAILED && item.attempts > 0)
                    .limit(2)
                    .toList();
            failed.forEach(item -> item.reset(true));
            return failed.size();
        }
    }

    @Override
    public void remove(JobId id) {
        synchronized (shared) {
            shared.table.jobs.removeIf(
                    job -> job.job.id().equals(id) && job.job.state().isFinished());
        }
    }

    @Override
    public Page<BatchJobs.OpenJob, String> open(Optional<String> from, int owners, int each, Instant now) {
        synchronized (shared) {
            return shared.table.open(from, owners, each, now);
        }
    }

    @Override
    public Optional<Claim> claimSource(JobId id, Instant now) {
        synchronized (shared) {
            return shared.table
                    .active(id)
                    .filter(job -> !job.totalFinal
                            && aliveClaims(job, Kind.SOURCE, now).findAny().isEmpty())
                    .map(job -> {
                        shared.claims.removeIf(claim -> claim.job == job && claim.kind == Kind.SOURCE);
                        return claim(job, Kind.SOURCE, List.of(), now);
                    });
        }
    }

    @Override
    public Optional<Claim> claimWhole(JobId id, Instant now) {
        synchronized (shared) {
            return shared.table
                    .active(id)
                    .filter(job -> job.totalFinal
                            && aliveClaims(job, Kind.ITEMS, now).findAny().isEmpty()
                            && aliveClaims(job, Kind.WHOLE, now).findAny().isEmpty())
                    .map(job -> {
                        shared.claims.removeIf(claim -> claim.job == job);
                        return claim(job, Kind.WHOLE, job.items, now);
                    });
        }
    }

    private Claim claim(MemoryJob job, Kind kind, List<Item> items, Instant now) {
        job.begin(now);
        Claimed claimed = new Claimed(++shared.numbers, job, process, kind, List.copyOf(items));
        shared.claims.add(claimed);
        List<JobItem> first = kind == Kind.ITEMS ? page(claimed, 0) : List.of();
        return new Claim(claimed.number, job.job, first, job.checkpoint);
    }

    @Override
    public boolean enumerated(Claim claim, BatchJobs.FoundItems found, JobLimits limits, Instant now) {
        synchronized (shared) {
            MemoryJob job = held(claim).job;
            if (job.job.state().isActive()) {
                long more = job.countNew(found.items());
                if (more > 0 && shared.table.openItems(job.job) + more > limits.openItems()) {
                    throw TooManyOpen.foundItems(limits.openItems());
                }
                job.add(found);
                job.settle(now);
            }
            return job.job.state().isActive();
        }
    }

    @Override
    public void enumeratedAll(Claim claim, Optional<KeyPrefix> stripPrefix, Instant now) {
        synchronized (shared) {
            Claimed held = held(claim);
            if (held.job.job.state().isActive()) {
                stripPrefix.ifPresent(held.job::strip);
                held.job.totalFinal = true;
                held.job.settle(now);
            }
            end(held, 0, now);
        }
    }

    @Override
    public boolean restart(Claim claim) {
        synchronized (shared) {
            Claimed held = held(claim);
            if (held.kind == Kind.WHOLE && !held.job.job.state().isOutcome()) {
                held.items.stream()
                        .filter(item -> item.state != ItemState.FAILED || item.attempts > 0)
                        .forEach(item -> {
                            item.reset(false);
                            item.claim();
                        });
            }
            return false;
        }
    }

    @Override
    public Optional<Claim> claim(JobId id, int max, Instant now) {
        synchronized (shared) {
            Optional<MemoryJob> active = shared.table.active(id);
            if (active.isEmpty()
                    || counting(active.get(), now)
                            >= active.get().job.spec().options().concurrency()) {
                return Optional.empty();
            }
            MemoryJob job = active.get();
            List<Item> fresh = job.claimable(now, false).limit(max).toList();
            List<Item> items =
                    fresh.isEmpty() ? job.claimable(now, true).limit(max).toList() : fresh;
            items.forEach(Item::claim);
            return items.isEmpty() ? Optional.empty() : Optional.of(claim(job, Kind.ITEMS, items, now));
        }
    }

    /** Returns the number of claims that count towards the concurrency of a job. */
    private long counting(MemoryJob job, Instant now) {
        Set<ProcessId> recent = leases.aliveSince(now.minus(Leases.QUIET));
        return aliveClaims(job, Kind.ITEMS, now)
                .filter(claim -> claim.process.equals(process) || recent.contains(claim.process))
                .count();
    }

    @Override
    public List<JobItem> items(Claim claim, long after) {
        synchronized (shared) {
            return page(held(claim), after);
        }
    }

    @Override
    public void note(Claim claim, List<JobItem> items) {
        synchronized (shared) {
            Claimed held = held(claim);
            items.forEach(item -> held.job.items.get((int) item.number() - 1).note(item));
        }
    }

    @Override
    public void record(Claim claim, List<ItemResult> results, Instant now) {
        synchronized (shared) {
            Claimed held = held(claim);
            results.forEach(
                    result -> held.job.items.get((int) result.number() - 1).take(result));
            held.job.settle(now);
        }
    }

    @Override
    public void leaveOut(Claim claim, List<Long> items, Instant now) {
        synchronized (shared) {
            Claimed held = held(claim);
            items.forEach(number -> held.job.items.get(number.intValue() - 1).leaveOut());
            held.job.settle(now);
        }
    }

    @Override
    public void fail(Claim claim, JobFailure failure, Instant now) {
        synchronized (shared) {
            Claimed held = held(claim);
            if (held.job.job.state().isActive()) {
                held.job.become(held.job.job.failed(failure, now));
            }
            end(held, 0, now);
        }
    }

    @Override
    public void giveBack(Claim claim, boolean attempted, Instant now) {
        synchronized (shared) {
            claimed(claim).ifPresent(claimed -> end(claimed, attempted ? 1 : 0, now));
        }
    }

    @Override
    public int recover(Set<JobId> atWork, Instant now) {
        synchronized (shared) {
            Set<ProcessId> alive = leases.alive(now);
            List<Claimed> lost = shared.claims.stream()
                    .filter(claim -> !alive.contains(claim.process)
                            || (claim.process.equals(process) && !atWork.contains(claim.job.job.id())))
                    .toList();
            lost.forEach(claim -> end(claim, 1, now));
            return lost.size();
        }
    }

    @Override
    public boolean prune(Instant before, long items) {
        synchronized (shared) {
            return shared.table.prune(before, items);
        }
    }

    private void end(Claimed claimed, int attempts, Instant now) {
        claimed.items.forEach(item -> item.giveBack(attempts, now));
        shared.claims.remove(claimed);
    }

    private static List<JobItem> page(Claimed claimed, long after) {
        return claimed.items.stream()
                .filter(item -> item.number > after && item.state == ItemState.PENDING && item.isClaimed())
                .filter(item -> !item.isLeftOut())
                .limit(MAX_PAGE)
                .map(Item::item)
                .toList();
    }

    /** Returns the claims on a job by processes with a valid lease. */
    private Stream<Claimed> aliveClaims(MemoryJob job, Kind kind, Instant now) {
        Set<ProcessId> alive = leases.alive(now);
        return shared.claims.stream()
                .filter(claim -> claim.job == job && claim.kind == kind)
                .filter(claim -> claim.process.equals(process) || alive.contains(claim.process));
    }

    private Claimed held(Claim claim) {
        return claimed(claim).orElseThrow(() -> new ClaimLost(claim));
    }

    private Optional<Claimed> claimed(Claim claim) {
        return shared.claims.stream()
                .filter(claimed -> claimed.number == claim.number())
                .findFirst();
    }

    private enum Kind {
        ITEMS,
        SOURCE,
        WHOLE
    }

    private record Claimed(long number, MemoryJob job, ProcessId process, Kind kind, List<Item> items) {}

    /** The data that the processes share. */
    private static final class Shared {
        private final MemoryJobTable table = new MemoryJobTable();
        private final List<Claimed> claims = new ArrayList<>();
        private long numbers;
    }
}
