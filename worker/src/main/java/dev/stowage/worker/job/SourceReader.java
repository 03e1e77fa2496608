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

    private final JobTools tools;
    private final Claim claim;
    private final Stop stop;

    SourceReader(JobTools tools, Claim claim, Stop stop) {
        this.tools = tools;
        this.claim = claim;
        this.stop = stop;
    }

    JobSpec spec() {
        return claim.job().spec();
    }

    JobOperation operation() {
        return new WorkPlan(tools.operations()).operation(spec());
    }

    JobOwner owner() {
        return new JobOwner(claim.job(), tools);
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
        return tools.jobs()
                        .enumerated(claim, items, tools.limits(), tools.clock().instant())
                && !stop.isRequested();
    }

    /** Notes that all items were found, and what the target replaces, where only their keys tell that. */
    void foundAll(Optional<KeyPrefix> strip) {
        tools.jobs().enumeratedAll(claim, strip, tools.clock().instant());
    }
}
