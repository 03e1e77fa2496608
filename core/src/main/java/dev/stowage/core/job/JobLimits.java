package dev.stowage.core.job;

import dev.stowage.core.config.Settings;

/**
 * The limits of one principal; all clients without credentials count as one.
 *
 * @param openJobs the maximum number of unfinished jobs
 * @param idempotencyKeys the maximum number of recorded jobs that were submitted with an {@code Idempotency-Key}
 * @param openItems the maximum number of items of all unfinished jobs together, with or without a result
 */
public record JobLimits(int openJobs, int idempotencyKeys, long openItems) {

    /** No limits. */
    public static final JobLimits NONE = new JobLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** The limits without settings. */
    public static final JobLimits DEFAULT = new JobLimits(1000, 100_000, 50_000_000);

    /**
     * Reads {@code MAX_OPEN_JOBS}, {@code MAX_IDEMPOTENCY_KEYS} and {@code MAX_OPEN_JOB_ITEMS}; reports invalid values to {@code settings}.
     */
    public static JobLimits from(Settings settings) {
        return new JobLimits(
                settings.number("MAX_OPEN_JOBS", DEFAULT.openJobs, 1, 1_000_000),
                settings.number("MAX_IDEMPOTENCY_KEYS", DEFAULT.idempotencyKeys, 1, 10_000_000),
                settings.number("MAX_OPEN_JOB_ITEMS", Math.toIntExact(DEFAULT.openItems), 1, 1_000_000_000));
    }
}
