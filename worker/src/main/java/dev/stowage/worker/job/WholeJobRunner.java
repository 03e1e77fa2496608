package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.schedule.BackgroundLog;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all items of one job together, in one process at a time. Results are visible while it runs; when it fails, they
 * are discarded, and the next attempt starts over.
 */
final class WholeJobRunner implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(WholeJobRunner.class);

    private final BatchJobs.OpenJob job;
    private final JobExecution execution;
    private final JobContext context;
    private final JobWriter writer;
    private final BatchThrottle throttle;

    WholeJobRunner(
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
        Optional<Claim> claim =
                context.jobs().claimWhole(job.job().id(), context.clock().instant());
        if (claim.isPresent()) {
            writer.restart(claim.get());
            run(claim.get().withItems(context.jobs().items(claim.get(), 0)), stop);
        }
        // Another process may have the job, or its last attempt did not end: it must not be started again at once.
        throttle.pause(context.clock().instant());
    }

    private void run(Claim claim, StopSignal stop) {
        ItemBatch batch = new ItemBatch(claim, context, writer, stop, Instant.MAX, true, throttle.failures());
        try {
            JobOwner owner = new JobOwner(claim.job(), context);
            stop.interruptibly(() -> batch.observed(() -> execution.run(batch, owner)));
        } catch (ClaimLost e) {
            throw e;
        } catch (RuntimeException e) {
            discard(claim, e, stop);
            return;
        }
        batch.finish();
        writer.giveBack(claim, false);
    }

    /** Discards the results, unless an item stopped the job: its result says why. */
    private void discard(Claim claim, RuntimeException reason, StopSignal stop) {
        writer.restart(claim);
        if (stop.isRequested() || !failed(claim, Results.reason(reason))) {
            writer.giveBack(claim, true);
        }
    }

    /** Returns whether the failure ended the job. */
    private boolean failed(Claim claim, StorageException reason) {
        int attempts = throttle.failed(context.clock().instant());
        if (attempts >= claim.job().spec().options().maxAttempts() || !Results.mayPass(reason)) {
            writer.fail(claim, JobFailure.of(reason));
            return true;
        }
        BackgroundLog.log(
                LOG.atWarn().addKeyValue("job", claim.job().id()).addKeyValue("attempt", attempts),
                reason,
                "A job starts over after a failure");
        return false;
    }
}
