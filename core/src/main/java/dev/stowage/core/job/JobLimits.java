package dev.stowage.core.job;

import dev.stowage.core.config.Settings;

/**
 * What one principal may have at a time; all who use the service without credentials count as one.
 *
 * @param openJobs the most jobs that have not finished
 * @param idempotencyKeys the most jobs on record that were submitted with an {@code Idempotency-Key}
 * @param openItems the most items of jobs that have not finished, together, whatever their results
 */
public record JobLimits(int openJobs, int idempotencyKeys, long openItems) {

    /** No limits. */
    public static final JobLimits NONE = new JobLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Without settings. */
    public static final JobLimits DEFAULT = new JobLimits(1000, 100_000, 50_000_000);

    /** Reads {@code MAX_OPEN_JOBS}, {@code MAX_IDEMPOTENCY_KEYS} and {@code MAX_OPEN_JOB_ITEMS}; what is wrong is noted in {@code settings}. */
    public static JobLimits from(Settings settings) {
        return new JobLimits(
                settings.number("MAX_OPEN_JOBS", DEFAULT.openJobs, 1, 1_000_000),
                settings.number("MAX_IDEMPOTENCY_KEYS", DEFAULT.idempotencyKeys, 1, 10_000_000),
                settings.number("MAX_OPEN_JOB_ITEMS", Math.toIntExact(DEFAULT.openItems), 1, 1_000_000_000));
    }
}
