package dev.stowage.core.job;

/**
 * What one principal may have at a time; all who use the service without credentials count as one.
 *
 * @param openJobs the most jobs that have not finished
 * @param idempotencyKeys the most jobs on record that were submitted with an {@code Idempotency-Key}
 */
public record JobLimits(int openJobs, int idempotencyKeys) {

    /** No limits. */
    public static final JobLimits NONE = new JobLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
