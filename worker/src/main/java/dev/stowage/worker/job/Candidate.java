package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;

/**
 * A job that could be worked on now.
 *
 * @param owner whose it is, and how that one stands
 * @param priority a higher one comes first among the owner's
 * @param concurrency how many batches of it may run at once
 * @param running how many do
 * @param lastTurn when it last had one, as a count of all turns
 */
record Candidate(JobId id, Share owner, int priority, int concurrency, int running, long lastTurn) {

    /**
     * What an owner has of the places.
     *
     * @param id empty for jobs without an owner
     * @param places how many the owner's jobs have
     * @param lastTurn when one of them last got one, as a count of all turns
     */
    record Share(String id, int places, long lastTurn) {}
}
