package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ItemResult;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.schedule.BackgroundLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records results. Results must not be lost when the database is busy or full for a while, so writes are retried with growing pauses until
 * they succeed or the worker ends; in that case the items are run again, which is safe. Safe for concurrent use.
 */
final class JobWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JobWriter.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final BatchJobs jobs;
    private final InstantSource clock;
    private final JobCounts counts;
    private final CountDownLatch closing = new CountDownLatch(1);

    JobWriter(BatchJobs jobs, InstantSource clock, JobCounts counts) {
        this.jobs = jobs;
        this.clock = clock;
        this.counts = counts;
    }

    Backoff backoff() {
        return new Backoff(ThreadLocalRandom.current());
    }

    void record(Claim claim, List<ItemResult> results) {
        persist(() -> jobs.record(claim, results, clock.instant()));
        counts.count(
                ItemBatch.count(results, ItemState.SUCCEEDED),
                ItemBatch.count(results, ItemState.FAILED),
                ItemBatch.count(results, ItemState.SKIPPED),
                ItemBatch.count(results, ItemState.PENDING));
    }

    void leaveOut(Claim claim, List<Long> items) {
        persist(() -> jobs.leaveOut(claim, items, clock.instant()));
    }

    void note(Claim claim, List<JobItem> items) {
        persist(() -> jobs.note(claim, items));
    }

    /** Discards all results of a job whose items succeed or fail together. */
    void restart(Claim claim) {
        boolean[] more = {true};
        while (more[0]) {
            persist(() -> more[0] = jobs.restart(claim));
        }
    }

    void fail(Claim claim, JobFailure failure) {
        persist(() -> jobs.fail(claim, failure, clock.instant()));
    }

    void giveBack(Claim claim, boolean attempted) {
        persist(() -> jobs.giveBack(claim, attempted, clock.instant()));
    }

    /** Lets pending writes be tried once more before they are abandoned. */
    void close() {
        closing.countDown();
    }

    /** Restores an interrupt after the write: it was meant for the work on files, not for its record. */
    private void persist(Runnable change) {
        Duration pause = Duration.ofSeconds(1);
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    change.run();
                    return;
                } catch (StorageException e) {
                    if (Thread.interrupted()) {
                        interrupted = true;
                        continue;
                    }
                    BackgroundLog.log(
                            LOG.atWarn(),
                            e,
                            "Could not write the results of a job; the next attempt is in {} s",
                            pause.toSeconds());
                    if (isClosing(pause)) {
                        throw e;
                    }
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isClosing(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only the latch decides whether to stop.
            return closing.getCount() == 0;
        }
    }
}
