package dev.stowage.worker.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whose turn it is: the owner's with the fewest places, then the one's that has waited longest. Among an owner's jobs higher priorities come
 * first; within one, the job with the fewest batches running, then the one that has waited longest. The last free place is for a job that
 * has none, so that a small job never waits for a large one to end.
 */
final class FairShare {

    static final Comparator<Candidate> ORDER = Comparator.<Candidate>comparingInt(
                    job -> job.owner().places())
            .thenComparingLong(job -> job.owner().lastTurn())
            .thenComparingInt(job -> -job.priority())
            .thenComparingInt(Candidate::running)
            .thenComparingLong(Candidate::lastTurn);

    private FairShare() {}

    /** @param free how many places are */
    static Optional<Candidate> next(Collection<Candidate> candidates, int free) {
        if (free == 0) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(job -> job.running() < (free == 1 ? 1 : job.concurrency()))
                .min(ORDER);
    }
}
