package dev.stowage.core.job;

/**
 * A job with work to do.
 *
 * @param totalFinal whether its enumeration has finished
 * @param claimable whether there are items to claim now
 */
public record OpenJob(BatchJob job, boolean totalFinal, boolean claimable) {}
