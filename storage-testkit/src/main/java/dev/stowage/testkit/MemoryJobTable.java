package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The jobs of {@link InMemoryJobs}. Callers hold its lock. */
final class MemoryJobTable {

    final List<MemoryJob> jobs = new ArrayList<>();

    void checkOpen(BatchJob job, JobLimits limits) {
        if (ofOwner(job).filter(known -> !known.job.state().isFinished()).count() >= limits.openJobs()) {
            throw TooManyOpen.jobs(limits.openJobs());
        }
    }

    void checkItems(BatchJob job, int more, JobLimits limits) {
        if (openItems(job) + more > limits.openItems()) {
            throw TooManyOpen.jobItems(limits.openItems());
        }
    }

    long openItems(BatchJob job) {
        return ofOwner(job)
                .filter(known -> !known.job.state().isFinished())
                .mapToLong(known -> known.items.size())
                .sum();
    }

    Stream<MemoryJob> ofOwner(BatchJob job) {
        return jobs.stream().filter(known -> known.job.owner().equals(job.owner()));
    }

    Page<BatchJobs.OpenJob, String> open(Optional<String> from, int owners, int each, Instant now) {
        List<String> some = jobs.stream()
                .filter(job -> job.job.state().isActive())
                .map(MemoryJob::owner)
                .filter(owner -> Utf8Order.compare(owner, from.orElse("")) >= 0)
                .distinct()
                .sorted(Utf8Order::compare)
                .limit(owners)
                .toList();
        List<BatchJobs.OpenJob> found =
                some.stream().flatMap(owner -> open(owner, each, now)).toList();
        return new Page<>(
                found, some.size() < owners ? Optional.empty() : Optional.of(some.get(owners - 1) + '\u0001'));
    }

    private Stream<BatchJobs.OpenJob> open(String owner, int max, Instant now) {
        return jobs.stream()
                .filter(job -> job.job.state().isActive() && job.owner().equals(owner))
                .sorted(Comparator.<MemoryJob>comparingInt(
                                job -> -job.job.spec().options().priority())
                        .thenComparingLong(job -> job.number))
                .map(job -> job.open(now))
                .filter(job -> job.claimable() || !job.totalFinal())
                .limit(max);
    }

    /** Whether the newer finished jobs of the owner, together with this one, have more items. */
    private boolean isSurplus(MemoryJob job, long items) {
        List<MemoryJob> newer = ofOwner(job.job)
                .filter(other -> other.job.finishedAt().isPresent() && isNewer(other, job))
                .toList();
        long sum = newer.stream().mapToLong(other -> other.items.size()).sum();
        return !newer.isEmpty() && sum + job.items.size() > items;
    }

    private static boolean isNewer(MemoryJob one, MemoryJob other) {
        int order = one.job
                .finishedAt()
                .orElseThrow()
                .compareTo(other.job.finishedAt().orElseThrow());
        return order > 0 || (order == 0 && one.number > other.number);
    }

    Optional<MemoryJob> job(JobId id) {
        return jobs.stream().filter(job -> job.job.id().equals(id)).findFirst();
    }

    Optional<MemoryJob> active(JobId id) {
        return job(id).filter(job -> job.job.state().isActive());
    }

    Page<JobStatus, Long> list(JobFilter filter, int max, Optional<Long> before) {
        List<MemoryJob> found = jobs.stream()
                .filter(job -> job.number < before.orElse(Long.MAX_VALUE) && filter.shows(job.job))
                .sorted(Comparator.comparingLong(job -> -job.number))
                .limit(max + 1L)
                .toList();
        return Page.first(found, max, job -> job.number).map(MemoryJob::status);
    }

    boolean prune(Instant before, long items) {
        List<MemoryJob> surplus = jobs.stream()
                .filter(job -> job.job.finishedAt().isPresent() && isSurplus(job, items))
                .toList();
        return jobs.removeIf(job -> surplus.contains(job)
                || job.job.finishedAt().map(end -> end.isBefore(before)).orElse(false));
    }
}
