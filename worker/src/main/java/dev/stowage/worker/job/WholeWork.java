package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.operation.JobOperation;
import dev.stowage.core.operation.PermittedRun;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all items of one job together, in one process at a time. Results are seen while it is at it; when it does not come to its end, they
 * are taken back, and the next attempt begins anew.
 */
final class WholeWork implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(WholeWork.class);

    private final OpenJob job;
    private final JobOperation operation;
    private final JobTools tools;
    private final JobWriter writer;
    private final Pace pace;

    WholeWork(OpenJob job, JobOperation operation, JobTools tools, JobWriter writer, Pace pace) {
        this.job = job;
        this.operation = operation;
        this.tools = tools;
        this.writer = writer;
        this.pace = pace;
    }

    @Override
    public void run(Stop stop) {
        JobId id = job.job().id();
        String lease = "job " + id;
        if (!tools.leases().acquire(lease, tools.clock().instant())) {
            pace.rest(tools.clock().instant());
            return;
        }
        try {
            restart(id);
            Optional<Claim> claim =
                    tools.jobs().claim(id, JobOperation.ALL, tools.clock().instant());
            if (claim.isPresent()) {
                run(claim.get(), stop);
            }
        } finally {
            tools.leases().release(lease);
        }
    }

    private void run(Claim claim, Stop stop) {
        ItemBatch batch = new ItemBatch(claim, tools, writer, stop, Instant.MAX, true);
        try {
            operation.run(new PermittedRun(batch, operation, tools.access(), new JobOwner(claim.job(), tools)));
            batch.finish();
            writer.giveBack(claim, false);
        } catch (RuntimeException e) {
            boolean stopped = stop.takeInterrupt() || stop.isRequested();
            if (hasFailed(claim.job().id())) {
                // Its own items have stopped it: they tell why.
                writer.giveBack(claim, false);
                return;
            }
            restart(claim.job().id());
            if (!stopped) {
                failed(claim.job(), Results.reason(e));
            }
        }
    }

    private void failed(BatchJob claimed, StorageException reason) {
        Instant now = tools.clock().instant();
        int attempts = pace.failed(now);
        boolean last = attempts >= claimed.spec().options().maxAttempts();
        if (last || !Results.mayPass(reason)) {
            tools.jobs()
                    .find(claimed.id())
                    .filter(status -> status.job().state().isActive())
                    .ifPresent(status -> {
                        boolean unused =
                                tools.jobs().change(status.job(), status.job().failed(JobFailure.of(reason), now));
                    });
        } else {
            LOG.atWarn()
                    .addKeyValue("job", claimed.id())
                    .addKeyValue("attempt", attempts)
                    .setCause(reason)
                    .log("A job has to begin anew");
        }
    }

    private boolean hasFailed(JobId id) {
        return tools.jobs()
                .find(id)
                .filter(status -> status.job().state() == JobState.FAILED)
                .isPresent();
    }

    private void restart(JobId id) {
        int restarted;
        do {
            restarted = tools.jobs().restart(id);
        } while (restarted > 0);
    }
}
