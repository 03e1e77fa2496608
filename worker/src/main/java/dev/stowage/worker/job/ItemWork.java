package dev.stowage.worker.job;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.operation.JobOperation;
import dev.stowage.core.operation.PermittedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs batches of one job, for about as long as others may wait. */
final class ItemWork implements JobWork {

    private static final Duration SLICE = Duration.ofSeconds(1);

    private final OpenJob job;
    private final JobOperation operation;
    private final JobTools tools;
    private final JobWriter writer;
    private final Pace pace;

    ItemWork(OpenJob job, JobOperation operation, JobTools tools, JobWriter writer, Pace pace) {
        this.job = job;
        this.operation = operation;
        this.tools = tools;
        this.writer = writer;
        this.pace = pace;
    }

    @Override
    public void run(Stop stop) {
        Instant end = tools.clock().instant().plus(SLICE);
        boolean more = true;
        boolean any = false;
        while (more && !stop.isRequested() && tools.clock().instant().isBefore(end)) {
            Optional<Claim> claim = tools.jobs()
                    .claim(
                            job.job().id(),
                            pace.size(operation.batchSize()),
                            tools.clock().instant());
            any |= claim.isPresent();
            more = claim.isPresent() && run(claim.get(), stop);
        }
        if (!any) {
            pace.rest(tools.clock().instant());
        }
    }

    /** Whether to go on with the next batch at once. */
    private boolean run(Claim claim, Stop stop) {
        // From now on, so that a batch that is one call to the store is never cut for a slow claim.
        Instant end = tools.clock().instant().plus(SLICE);
        ItemBatch batch = new ItemBatch(claim, tools, writer, stop, end, false);
        boolean interrupted = true;
        try {
            operation.run(new PermittedRun(batch, operation, tools.access(), new JobOwner(claim.job(), tools)));
            interrupted = false;
        } catch (RuntimeException e) {
            interrupted = stop.isRequested();
            if (!interrupted) {
                batch.failRest(Results.reason(e));
            }
        } finally {
            interrupted |= stop.takeInterrupt();
            batch.finish();
            writer.giveBack(claim, interrupted);
        }
        if (batch.isStoreAway()) {
            int unused = pace.failed(tools.clock().instant());
            return false;
        }
        if (batch.isCut()) {
            pace.cut(batch.outcomes());
        } else {
            pace.finished(batch.outcomes());
        }
        return true;
    }
}
