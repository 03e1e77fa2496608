package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.batch.Outcome;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.port.records.BatchJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs batches of one job for about a second, so that other jobs get their turn. */
final class ItemRunner implements JobWork {

    private static final Duration SLICE = Duration.ofSeconds(1);

    private final BatchJobs.OpenJob job;
    private final JobExecution execution;
    private final JobContext context;
    private final JobWriter writer;
    private final BatchThrottle throttle;

    ItemRunner(
            BatchJobs.OpenJob job,
            JobExecution execution,
            JobContext context,
            JobWriter writer,
            BatchThrottle throttle) {
        this.job = job;
        this.execution = execution;
        this.context = context;
        this.writer = writer;
        this.throttle = throttle;
    }

    @Override
    public void run(StopSignal stop) {
        Instant end = context.clock().instant().plus(SLICE);
        boolean more = true;
        boolean any = false;
        JobOwner owner = new JobOwner(job.job(), context);
        while (more && !stop.isRequested() && context.clock().instant().isBefore(end)) {
            Optional<Claim> claim = context.jobs()
                    .claim(
                            job.job().id(),
                            throttle.size(execution.batchSize()),
                            context.clock().instant());
            any |= claim.isPresent();
            more = claim.isPresent() && run(claim.get(), owner, stop);
        }
        if (!any) {
            throttle.pause(context.clock().instant());
        }
    }

    /** Returns whether to continue with the next batch at once. */
    private boolean run(Claim claim, JobOwner owner, StopSignal stop) {
        // After the claim, so that a slow claim does not shorten a batch that is one call to the store.
        Instant start = context.clock().instant();
        ItemBatch batch = new ItemBatch(claim, context, writer, stop, start.plus(SLICE), false, 0);
        boolean attempted = true;
        try {
            stop.interruptibly(() -> batch.observed(() -> runAll(batch, owner, stop)));
            attempted = stop.wasInterrupted();
        } catch (RuntimeException e) {
            if (e instanceof ClaimLost || !stop.isRequested()) {
                throw e;
            }
        } finally {
            batch.finish();
            writer.giveBack(claim, attempted);
        }
        if (batch.isUnavailable()) {
            return slowDown(batch);
        }
        if (batch.isCut()) {
            throttle.cut(batch.outcomes());
        } else if (context.clock().instant().isBefore(start.plus(SLICE.dividedBy(4)))) {
            throttle.finishedSoon(batch.outcomes(), execution.batchSize());
        } else {
            throttle.finished();
        }
        return true;
    }

    private void runAll(ItemBatch batch, JobOwner owner, StopSignal stop) {
        try {
            execution.run(batch, owner);
        } catch (RuntimeException e) {
            if (e instanceof ClaimLost || stop.isRequested()) {
                throw e;
            }
            // The failure may be due to a suspension of this process, during which others took over the items: checks
            // the claim.
            List<JobItem> unused = context.jobs().items(batch.claim(), 0);
            runRest(batch, owner, Results.reason(e));
        }
    }

    /**
     * Runs the items without an outcome one by one after a batch failed, as it is unknown which of them caused that. When the
     * store is unavailable, all of them fail for that reason.
     */
    private void runRest(ItemBatch batch, JobOwner owner, StorageException reason) {
        StorageException latest = reason;
        boolean away = isAway(reason);
        for (JobItem item : batch.withoutOutcome()) {
            if (batch.isOver()) {
                return;
            }
            if (away) {
                batch.done(item, new Outcome.Failed(latest));
                continue;
            }
            try {
                execution.run(new SingleItem(batch, item), owner);
            } catch (ClaimLost e) {
                throw e;
            } catch (RuntimeException e) {
                latest = Results.reason(e);
                batch.done(item, new Outcome.Failed(latest));
                away = isAway(latest);
            }
        }
    }

    private boolean isAway(StorageException reason) {
        return reason instanceof StorageUnavailable && !execution.storesAnswer();
    }

    /** When the stores answer, only these items are unavailable, and are delayed by their own attempts. */
    private boolean slowDown(ItemBatch batch) {
        if (execution.storesAnswer()) {
            throttle.cut(batch.outcomes() / 2);
            return true;
        }
        int unused = throttle.failed(context.clock().instant());
        return false;
    }
}
