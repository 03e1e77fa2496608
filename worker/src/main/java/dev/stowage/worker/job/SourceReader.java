package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.records.BatchJobs;
import java.io.IOException;
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

    /**
     * Reads the file that lists the items.
     *
     * @param kind of the file, for messages
     * @param version that an earlier attempt has read; empty for the current one
     * @throws PreconditionFailed when the file was replaced while it was read
     */
    <T> T read(String kind, ObjectKey file, Optional<Etag> version, ObjectReader<T> lines) {
        execution().checkSource(owner().get());
        try {
            return context.store()
                    .read(file, version.map(ReadOptions.ALL::ifMatch).orElse(ReadOptions.ALL), lines);
        } catch (IOException e) {
            throw new StorageUnavailable("The " + kind + " could not be read completely", e);
        } catch (PreconditionFailed e) {
            throw new PreconditionFailed(
                    "The " + kind + " at " + file + " was replaced while it was read; submit the job again",
                    file.value());
        }
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
