package dev.stowage.worker.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Chooses the next job: of the owner with the fewest slots, then of the owner that has waited longest. Among an owner's jobs, higher
 * priorities come first; within a priority, the job with the fewest running batches, then the one that has waited longest. The last free
 * slot goes only to a job without any, so that a small job never waits for a large one to end.
 */
final class FairShare {

    static final Comparator<Candidate> ORDER = Comparator.<Candidate>comparingInt(
                    job -> job.owner().slots())
            .thenComparingLong(job -> job.owner().lastTurn())
            .thenComparingInt(job -> -job.priority())
            .thenComparingInt(Candidate::running)
            .thenComparingLong(Candidate::lastTurn);

    private FairShare() {}

    /** @param free the number of free slots */
    static Optional<Candidate> next(Collection<Candidate> candidates, int free) {
        if (free == 0) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(job -> job.running() < (free == 1 ? 1 : job.concurrency()))
                .min(ORDER);
    }
}
