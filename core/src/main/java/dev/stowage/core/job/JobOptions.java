package dev.stowage.core.job;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;
import java.util.Optional;

/**
 * How a job is run.
 *
 * @param dryRun whether it only tells what would be done
 * @param stopOnError whether it ends as failed with the first item that fails
 * @param maxAttempts how often an item is tried that fails for a reason that may pass: 1 to 20
 * @param concurrency on how many batches of items at once, at most: 1 to 64
 * @param priority jobs of a higher one come first: -100 to 100
 * @param failureThreshold with how many failed items it ends as failed; empty for never
 */
public record JobOptions(
        boolean dryRun,
        boolean stopOnError,
        int maxAttempts,
        int concurrency,
        int priority,
        Optional<Integer> failureThreshold) {

    /** What a job gets whose options nobody told. */
    public static final JobOptions DEFAULT = new JobOptions(false, false, 5, 8, 0, Optional.empty());

    /** @throws InvalidInput when a number is out of its bounds; {@code detail.field} says which */
    public JobOptions {
        bounded("max_attempts", maxAttempts, 1, 20);
        bounded("concurrency", concurrency, 1, 64);
        bounded("priority", priority, -100, 100);
        failureThreshold.ifPresent(threshold -> bounded("failure_threshold", threshold, 1, Integer.MAX_VALUE));
    }

    private static void bounded(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "options." + name + " must be between " + min + " and " + max,
                    Map.of("field", "options." + name));
        }
    }
}
