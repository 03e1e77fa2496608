package dev.stowage.testkit;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.ItemPage;
import dev.stowage.core.job.ItemRecord;
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
import dev.stowage.core.port.Leases;
import dev.stowage.core.session.ProcessId;
import dev.stowage.testkit.MemoryJob.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Batch jobs in memory, as one process sees them. Safe for concurrent use; durable for as long as it is referenced. */
public final class InMemoryJobs implements BatchJobs {

    private final ProcessId process;
    private final Leases leases;
    private final Shared shared;

    /** Jobs that no process shares. */
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

    /** The same jobs as a process sees them whose signs of life are in {@code its}. */
    public InMemoryJobs as(ProcessId other, Leases its) {
        return new InMemoryJobs(other, its, shared);
    }

    @Override
    public JobStatus submit(BatchJob job, Optional<Idempotency> idempotency, List<NewItem> keys) {
        synchronized (shared) {
            for (MemoryJob known : shared.jobs) {
                if (known.idempotency.isPresent()
                        && known.idempotency.map(Idempotency::scope).equals(idempotency.map(Idempotency::scope))) {
                    if (!known.idempotency.equals(idempotency)) {
                        throw idempotency.orElseThrow().reused();
                    }
                    return known.status();
                }
            }
            MemoryJob added = new MemoryJob(++shared.numbers, job, idempotency);
            added.totalFinal = job.spec().source() instanceof JobSource.Keys;
            added.add(keys);
            shared.jobs.add(added);
            return added.status();
        }
    }

    @Override
    public Optional<JobStatus> find(JobId id) {
        synchronized (shared) {
            return job(id).map(MemoryJob::status);
        }
    }

    @Override
    public JobPage list(JobFilter filter, int max, OptionalLong before) {
        synchronized (shared) {
            List<MemoryJob> found = shared.jobs.stream()
                    .filter(job -> job.number < before.orElse(Long.MAX_VALUE) && filter.shows(job.job))
                    .sorted(Comparator.comparingLong(job -> -job.number))
                    .limit(max + 1L)
                    .toList();
            return new JobPage(
                    found.stream().limit(max).map(MemoryJob::status).toList(),
                    found.size() > max ? OptionalLong.of(found.get(max - 1).number) : OptionalLong.empty());
        }
    }

    @Override
    public ItemPage items(JobId id, Optional<ItemState> state, int max, long after) {
        synchronized (shared) {
            List<ItemRecord> found = job(id).stream()
                    .flatMap(job -> job.items.stream())
                    .filter(item ->
                            item.number > after && state.map(item.state::equals).orElse(true))
                    .limit(max + 1L)
                    .map(Item::record)
                    .toList();
            return found.size() <= max
                    ? new ItemPage(found, OptionalLong.empty())
                    : new ItemPage(
                            found.subList(0, max),
                            OptionalLong.of(found.get(max - 1).number()));
        }
    }

    @Override
    public boolean change(BatchJob from, BatchJob to) {
        synchronized (shared) {
            Optional<MemoryJob> found = job(from.id()).filter(job -> job.job.version() == from.version());
            found.ifPresent(job -> job.become(to));
            return found.isPresent();
        }
    }

    @Override
    public int reopen(JobId id) {
        synchronized (shared) {
            List<Item> failed = job(id).filter(job -> job.job.state().isFinished()).stream()
                    .flatMap(job -> job.items.stream())
                    .filter(item -> item.state == ItemState.FAILED && item.attempts > 0)
                    .limit(2)
                    .toList();
            failed.forEach(item -> item.reset(true));
            return failed.size();
        }
    }

    @Override
    public int restart(JobId id) {
        synchronized (shared) {
            List<Item> tried = job(id).stream()
                    .flatMap(job -> job.items.stream())
                    .filter(item -> item.touched && !(item.state == ItemState.FAILED && item.attempts == 0))
                    .toList();
            tried.forEach(item -> item.reset(false));
            shared.claims.removeIf(claim -> claim.job.job.id().equals(id));
            return tried.size();
        }
    }

    @Override
    public void remove(JobId id) {
        synchronized (shared) {
            shared.jobs.removeIf(
                    job -> job.job.id().equals(id) && job.job.state().isFinished());
        }
    }

    @Override
    public List<OpenJob> open(int max, Instant now) {
        synchronized (shared) {
            return shared.jobs.stream()
                    .filter(job -> job.job.state().isActive())
                    .sorted(Comparator.<MemoryJob>comparingInt(
                                    job -> -job.job.spec().options().priority())
                            .thenComparingLong(job -> job.number))
                    .limit(max)
                    .map(job -> job.open(now))
                    .toList();
        }
    }

    @Override
    public boolean enumerated(JobId id, List<NewItem> items, String checkpoint, Instant now) {
        synchronized (shared) {
            Optional<MemoryJob> active = active(id);
            active.ifPresent(job -> {
                job.begin(now);
                job.add(items);
                job.checkpoint = Optional.of(checkpoint);
                job.settle(now);
            });
            return active(id).isPresent();
        }
    }

    @Override
    public void enumeratedAll(JobId id, Optional<KeyPrefix> stripPrefix, Instant now) {
        synchronized (shared) {
            active(id).ifPresent(job -> {
                job.begin(now);
                stripPrefix.ifPresent(job::strip);
                job.totalFinal = true;
                job.settle(now);
            });
        }
    }

    @Override
    public Optional<Claim> claim(JobId id, int max, Instant now) {
        synchronized (shared) {
            Optional<MemoryJob> active = active(id);
            if (active.isEmpty()
                    || claims(active.get()).count()
                            >= active.get().job.spec().options().concurrency()) {
                return Optional.empty();
            }
            MemoryJob job = active.get();
            List<Item> fresh = job.claimable(now, false).limit(max).toList();
            List<Item> items =
                    fresh.isEmpty() ? job.claimable(now, true).limit(max).toList() : fresh;
            if (items.isEmpty()) {
                return Optional.empty();
            }
            job.begin(now);
            Claimed claimed = new Claimed(++shared.numbers, job, process, new ArrayList<>(items));
            items.forEach(Item::claim);
            shared.claims.add(claimed);
            return Optional.of(new Claim(claimed.number, job.job, page(claimed, 0)));
        }
    }

    @Override
    public List<JobItem> items(Claim claim, long after) {
        synchronized (shared) {
            return claimed(claim).map(claimed -> page(claimed, after)).orElse(List.of());
        }
    }

    @Override
    public void note(Claim claim, List<JobItem> items) {
        synchronized (shared) {
            claimed(claim)
                    .ifPresent(claimed -> items.forEach(item ->
                            claimed.job.items.get((int) item.number() - 1).note(item)));
        }
    }

    @Override
    public void record(Claim claim, List<ItemResult> results, Instant now) {
        synchronized (shared) {
            claimed(claim).ifPresent(claimed -> {
                results.forEach(result ->
                        claimed.job.items.get((int) result.number() - 1).take(result));
                claimed.job.settle(now);
            });
        }
    }

    @Override
    public void giveBack(Claim claim, boolean attempted, Instant now) {
        synchronized (shared) {
            claimed(claim).ifPresent(claimed -> end(claimed, attempted ? 1 : 0, now));
        }
    }

    @Override
    public int recover(Instant now) {
        synchronized (shared) {
            List<Claimed> dead = shared.claims.stream()
                    .filter(claim -> !leases.alive(now).contains(claim.process))
                    .toList();
            dead.forEach(claim -> end(claim, 1, now));
            return dead.size();
        }
    }

    @Override
    public boolean prune(Instant before) {
        synchronized (shared) {
            return shared.jobs.removeIf(
                    job -> job.job.finishedAt().map(end -> end.isBefore(before)).orElse(false));
        }
    }

    private void end(Claimed claimed, int attempts, Instant now) {
        claimed.items.forEach(item -> item.giveBack(attempts, now));
        shared.claims.remove(claimed);
    }

    private static List<JobItem> page(Claimed claimed, long after) {
        return claimed.items.stream()
                .filter(item -> item.number > after && item.state == ItemState.PENDING && item.isClaimed())
                .limit(MAX_PAGE)
                .map(Item::item)
                .toList();
    }

    private Optional<MemoryJob> job(JobId id) {
        return shared.jobs.stream().filter(job -> job.job.id().equals(id)).findFirst();
    }

    private Optional<MemoryJob> active(JobId id) {
        return job(id).filter(job -> job.job.state().isActive());
    }

    private Stream<Claimed> claims(MemoryJob job) {
        return shared.claims.stream().filter(claim -> claim.job == job);
    }

    private Optional<Claimed> claimed(Claim claim) {
        return shared.claims.stream()
                .filter(claimed -> claimed.number == claim.number())
                .findFirst();
    }

    private record Claimed(long number, MemoryJob job, ProcessId process, List<Item> items) {}

    /** What the processes share. */
    private static final class Shared {
        private final List<MemoryJob> jobs = new ArrayList<>();
        private final List<Claimed> claims = new ArrayList<>();
        private long numbers;
    }
}
