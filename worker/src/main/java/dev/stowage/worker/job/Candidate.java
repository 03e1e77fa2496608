package dev.stowage.worker.job;

import dev.stowage.core.job.JobId;

/**
 * A job that could be worked on now.
 *
 * @param priority a higher one comes first
 * @param concurrency how many batches of it may run at once
 * @param running how many do
 * @param lastTurn when it last had one, as a count of all turns
 */
record Candidate(JobId id, int priority, int concurrency, int running, long lastTurn) {}
