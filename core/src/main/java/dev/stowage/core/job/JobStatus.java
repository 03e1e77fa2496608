package dev.stowage.core.job;

import java.time.Duration;
import java.util.Optional;

/**
 * A job and its progress.
 *
 * @param revision grows with every change of either
 */
public record JobStatus(BatchJob job, JobProgress progress, long revision) {

    /** Returns the estimated time until the end at the current rate, or empty when it can't be estimated. */
    public Optional<Duration> eta() {
        double rate = progress.itemsPerSecond();
        if (!job.state().isActive() || !progress.totalFinal() || rate <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) Math.ceil((progress.total() - progress.done()) / rate)));
    }
}
