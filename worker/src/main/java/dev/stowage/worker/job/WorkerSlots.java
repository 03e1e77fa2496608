package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The slots where work is done, and who has them. Safe for concurrent use. */
final class WorkerSlots {

    private final int count;
    private final List<Work> taken = new ArrayList<>();

    /** What is done; items are worked on a second at a time, the rest holds its place until it is done. */
    enum Kind {
        READING,
        ITEMS,
        WHOLE
    }

    /**
     * Work that has a place.
     *
     * @param owner whose job it is; empty for none
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

    /** How many slots an owner's jobs have. */
    synchronized int of(String owner) {
        return (int) taken.stream().filter(work -> work.owner().equals(owner)).count();
    }

    synchronized void leave(Work work) {
        taken.remove(work);
    }

    /** On how many slots a job's items are worked on. */
    synchronized int working(JobId job) {
        return (int) taken.stream()
                .filter(work -> work.job().equals(job) && work.kind() != Kind.READING)
                .count();
    }

    synchronized boolean isReading(JobId job) {
        return taken.stream().anyMatch(work -> work.job().equals(job) && work.kind() == Kind.READING);
    }

    /**
     * Whether one more of these may be begun for an owner: not when that would leave too few slots for items, and the last one only for
     * an owner that has none.
     */
    synchronized boolean mayHold(Kind kind, String owner) {
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

    /** Asks work on these jobs to end. */
    synchronized void stop(Predicate<JobId> which, Instant now) {
        taken.stream()
                .filter(work -> which.test(work.job()))
                .forEach(work -> work.stop().request(now));
    }
}
