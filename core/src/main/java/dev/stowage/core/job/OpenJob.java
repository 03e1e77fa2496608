package dev.stowage.core.job;

/**
 * A job that is to be worked on.
 *
 * @param totalFinal whether all its items are known
 * @param claimable whether there are items to claim right now
 */
public record OpenJob(BatchJob job, boolean totalFinal, boolean claimable) {}
