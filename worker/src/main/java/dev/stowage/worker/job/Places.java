package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The places where work is done, and who has them. Safe for concurrent use. */
final class Places {

    private final int count;
    private final List<Work> taken = new ArrayList<>();

    /**
     * Work that has a place.
     *
     * @param reading whether the job's source is read; otherwise items are worked on
     */
    record Work(JobId job, boolean reading, Stop stop) {}

    Places(int count) {
        this.count = count;
    }

    synchronized int free() {
        return count - taken.size();
    }

    synchronized Work take(JobId job, boolean reading) {
        Work work = new Work(job, reading, new Stop());
        taken.add(work);
        return work;
    }

    synchronized void leave(Work work) {
        taken.remove(work);
    }

    /** On how many places a job's items are worked on. */
    synchronized int working(JobId job) {
        return (int) taken.stream()
                .filter(work -> work.job().equals(job) && !work.reading())
                .count();
    }

    synchronized boolean isReading(JobId job) {
        return taken.stream().anyMatch(work -> work.job().equals(job) && work.reading());
    }

    /** Whether one more source may be read: not when that would leave too few places for items. */
    synchronized boolean mayRead() {
        long reading = taken.stream().filter(Work::reading).count();
        return taken.size() < count && reading < Math.max(1, count / 2);
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
