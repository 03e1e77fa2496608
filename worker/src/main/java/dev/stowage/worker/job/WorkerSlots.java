package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The slots for concurrent work. Safe for concurrent use. */
final class WorkerSlots {

    private final int count;
    private final List<Work> taken = new ArrayList<>();

    /** The kind of work. Items are processed a second at a time; the other kinds hold their slot until they are done. */
    enum Kind {
        READING,
        ITEMS,
        WHOLE
    }

    /**
     * Work that has a slot.
     *
     * @param owner the owner of the job; empty for none
     */
    record Work(JobId job, String owner, Kind kind, StopSignal stop) {}

    WorkerSlots(int count) {
        this.count = count;
    }

    synchronized int free() {
        return count - taken.size();
    }

    synchronized Work take(JobId job, String owner, Kind kind) {
        Work work = new Work(job, owner, kind, new StopSignal());
        taken.add(work);
        return work;
    }

    /** How many slots the jobs of an owner have. */
    synchronized int heldBy(String owner) {
        return (int) taken.stream().filter(work -> work.owner().equals(owner)).count();
    }

    synchronized void release(Work work) {
        taken.remove(work);
    }

    /** How many slots process items of a job. */
    synchronized int working(JobId job) {
        return (int) taken.stream()
                .filter(work -> work.job().equals(job) && work.kind() != Kind.READING)
                .count();
    }

    synchronized boolean isReading(JobId job) {
        return taken.stream().anyMatch(work -> work.job().equals(job) && work.kind() == Kind.READING);
    }

    /**
     * Whether work of a kind may start for an owner: not when that would leave too few slots for items, and the last slot of a kind only for
     * an owner that has none of that kind.
     */
    synchronized boolean mayStart(Kind kind, String owner) {
        long same = taken.stream().filter(work -> work.kind() == kind).count();
        long holding = taken.stream().filter(work -> work.kind() != Kind.ITEMS).count();
        long left = Math.min(Math.max(1, count / 2) - same, Math.max(1, count - 1) - holding);
        return taken.size() < count && left > 0 && (left > 1 || !holds(kind, owner));
    }

    private boolean holds(Kind kind, String owner) {
        return taken.stream()
                .anyMatch(work -> work.kind() == kind && work.owner().equals(owner));
    }

    synchronized Set<JobId> jobs() {
        Set<JobId> jobs = new HashSet<>();
        taken.forEach(work -> jobs.add(work.job()));
        return jobs;
    }

    /** Requests work on these jobs to stop. */
    synchronized void stop(Predicate<JobId> which, Instant now) {
        taken.stream()
                .filter(work -> which.test(work.job()))
                .forEach(work -> work.stop().request(now));
    }
}
