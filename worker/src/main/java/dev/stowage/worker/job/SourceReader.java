package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.BatchJobs;
import java.util.List;
import java.util.Optional;

/** Records the items that are found in a job's source, together with the checkpoint. */
final class SourceReader {

    private final JobContext context;
    private final Claim claim;
    private final StopSignal stop;

    SourceReader(JobContext context, Claim claim, StopSignal stop) {
        this.context = context;
        this.claim = claim;
        this.stop = stop;
    }

    JobSpec spec() {
        return claim.job().spec();
    }

    JobExecution execution() {
        return context.operations().of(claim.job());
    }

    JobOwner owner() {
        return new JobOwner(claim.job(), context);
    }

    /** The checkpoint of an earlier attempt. */
    Optional<String> checkpoint() {
        return claim.checkpoint();
    }

    /** Records items; returns whether to continue. */
    boolean found(List<NewItem> items, String checkpoint) {
        return found(BatchJobs.FoundItems.of(items, checkpoint));
    }

    /** Records items; returns whether to continue. */
    boolean found(BatchJobs.FoundItems items) {
        return context.jobs()
                        .enumerated(
                                claim, items, context.limits(), context.clock().instant())
                && !stop.isRequested();
    }

    /** Records that all items were found, with the prefix that the target replaces when it is derived from the keys. */
    void foundAll(Optional<KeyPrefix> strip) {
        context.jobs().enumeratedAll(claim, strip, context.clock().instant());
    }
}
