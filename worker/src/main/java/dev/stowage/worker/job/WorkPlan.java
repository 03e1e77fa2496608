package dev.stowage.worker.job;

import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.operation.JobOperation;
import dev.stowage.core.operation.JobOperations;

/** Decides how a job is run. */
final class WorkPlan {

    private final JobOperations operations;

    WorkPlan(JobOperations operations) {
        this.operations = operations;
    }

    /** The operation, or its preview in a dry run. */
    JobOperation operation(JobSpec spec) {
        JobOperation operation = operations.named(spec.operation());
        return spec.options().dryRun() ? new Preview(operation) : operation;
    }

    /** Whether its items succeed or fail together. */
    boolean isWhole(JobSpec spec) {
        return operation(spec).batchSize() == JobOperation.ALL;
    }

    /** Whether there are items that can be run now. A job with an operation of a newer version is left to processes of that version. */
    boolean isClaimable(OpenJob job) {
        JobSpec spec = job.job().spec();
        return job.claimable()
                && operations.names().contains(spec.operation())
                && (job.totalFinal() || !operation(spec).waitsForAll(spec));
    }
}
