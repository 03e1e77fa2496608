package dev.stowage.core.job;

import java.util.Optional;

/**
 * A job that is to be worked on.
 *
 * @param totalFinal whether all its items are known
 * @param checkpoint how far its source was read; empty when nobody has begun
 * @param claimable whether there are items to claim right now
 * @param touched whether any item was claimed before
 */
public record OpenJob(
        BatchJob job, boolean totalFinal, Optional<String> checkpoint, boolean claimable, boolean touched) {}
