package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;

/**
 * A job with work that could start now.
 *
 * @param owner its owner's share of the slots
 * @param priority higher ones come first among the jobs of an owner
 * @param concurrency how many of its batches may run at once
 * @param running how many of its batches run
 * @param lastTurn when it last got a slot, in turns of all jobs
 */
record Candidate(JobId id, Share owner, int priority, int concurrency, int running, long lastTurn) {

    /**
     * An owner's share of the slots.
     *
     * @param id empty for jobs without an owner
     * @param slots how many slots the owner's jobs have
     * @param lastTurn when one of these jobs last got a slot, in turns of all jobs
     */
    record Share(String id, int slots, long lastTurn) {}
}
