package dev.stowage.worker.job;

import dev.stowage.core.job.Claim;
import dev.stowage.core.job.FoundItems;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.operation.JobOperation;
import java.util.List;
import java.util.Optional;

/** A job's source, being read: what is found goes on record with how far it was read. */
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

    JobOperation operation() {
        return new WorkPlan(context.operations()).operation(spec());
    }

    JobOwner owner() {
        return new JobOwner(claim.job(), context);
    }

    /** How far it was read before. */
    Optional<String> checkpoint() {
        return claim.checkpoint();
    }

    /** Notes items; says whether to continue. */
    boolean found(List<NewItem> items, String checkpoint) {
        return found(FoundItems.of(items, checkpoint));
    }

    /** Notes what was found; says whether to continue. */
    boolean found(FoundItems items) {
        return context.jobs()
                        .enumerated(
                                claim, items, context.limits(), context.clock().instant())
                && !stop.isRequested();
    }

    /** Notes that all items were found, and what the target replaces, where only their keys tell that. */
    void foundAll(Optional<KeyPrefix> strip) {
        context.jobs().enumeratedAll(claim, strip, context.clock().instant());
    }
}
