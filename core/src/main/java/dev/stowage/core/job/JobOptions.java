package dev.stowage.core.job;

import dev.stowage.core.error.InvalidInput;
import java.util.Optional;

/**
 * The options of a job.
 *
 * @param dryRun whether it only reports what would be done
 * @param stopOnError whether it ends as failed with the first failed item
 * @param maxAttempts the maximum number of attempts at an item that fails for a temporary reason: 1 to 20
 * @param concurrency the maximum number of batches processed at once: 1 to 64
 * @param priority jobs with a higher priority come first: -100 to 100
 * @param failureThreshold the number of failed items at which it ends as failed; empty for no threshold
 */
public record JobOptions(
        boolean dryRun,
        boolean stopOnError,
        int maxAttempts,
        int concurrency,
        int priority,
        Optional<Integer> failureThreshold) {

    /** The options of a job that was submitted without any. */
    public static final JobOptions DEFAULT = new JobOptions(false, false, 5, 8, 0, Optional.empty());

    /** @throws InvalidInput when a number is out of bounds; {@code detail.field} names it */
    public JobOptions {
        bounded("max_attempts", maxAttempts, 1, 20);
        bounded("concurrency", concurrency, 1, 64);
        bounded("priority", priority, -100, 100);
        failureThreshold.ifPresent(threshold -> bounded("failure_threshold", threshold, 1, Integer.MAX_VALUE));
    }

    private static void bounded(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw InvalidInput.ofField(
                    "options." + name, "options." + name + " must be between " + min + " and " + max);
        }
    }
}
