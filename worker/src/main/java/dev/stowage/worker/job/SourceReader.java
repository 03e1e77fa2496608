package dev.stowage.worker.job;

import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.operation.JobOperation;
import java.util.List;
import java.util.Optional;

/** A job's source, being read: what is found goes on record with how far it was read. */
final class SourceReader {

    private final JobTools tools;
    private final OpenJob job;
    private final Stop stop;

    SourceReader(JobTools tools, OpenJob job, Stop stop) {
        this.tools = tools;
        this.job = job;
        this.stop = stop;
    }

    JobSpec spec() {
        return job.job().spec();
    }

    JobOperation operation() {
        return new WorkPlan(tools.operations()).operation(spec());
    }

    JobOwner owner() {
        return new JobOwner(job.job(), tools);
    }

    /** How far it was read before. */
    Optional<String> checkpoint() {
        return job.checkpoint();
    }

    /** Notes items; says whether to go on. */
    boolean found(List<NewItem> items, String checkpoint) {
        return tools.jobs()
                        .enumerated(
                                job.job().id(), items, checkpoint, tools.clock().instant())
                && !stop.isRequested();
    }
}
