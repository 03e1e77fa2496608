package dev.stowage.worker.job;

import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.operation.JobOperation;
import dev.stowage.core.operation.JobOperations;

/** What is to be done about a job. */
final class WorkPlan {

    private final JobOperations operations;

    WorkPlan(JobOperations operations) {
        this.operations = operations;
    }

    /** The operation, or the telling of it. */
    JobOperation operation(JobSpec spec) {
        JobOperation operation = operations.named(spec.operation());
        return spec.options().dryRun() ? new Preview(operation) : operation;
    }

    /** Whether its items are run together. */
    boolean isWhole(JobSpec spec) {
        return operation(spec).batchSize() == JobOperation.ALL;
    }

    /** Whether there are items that can be run now. A job that only a newer version knows is left to that. */
    boolean isClaimable(OpenJob job) {
        JobSpec spec = job.job().spec();
        return job.claimable()
                && operations.names().contains(spec.operation())
                && (job.totalFinal() || !operation(spec).waitsForAll(spec));
    }
}
