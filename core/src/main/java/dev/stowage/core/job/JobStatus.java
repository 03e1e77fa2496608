package dev.stowage.core.job;

import java.time.Duration;
import java.util.Optional;

/**
 * A job and how far it is.
 *
 * @param revision grows with every change of either
 */
public record JobStatus(BatchJob job, JobProgress progress, long revision) {

    /** How long it takes until the end, going on as it does; empty while nobody can say. */
    public Optional<Duration> eta() {
        double rate = progress.itemsPerSecond();
        if (!job.state().isActive() || !progress.totalFinal() || rate <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) Math.ceil((progress.total() - progress.done()) / rate)));
    }
}
