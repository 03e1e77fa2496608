package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.BatchJobs;
import java.util.Optional;

/** Finds the items of one job, in one process at a time; continues at the last checkpoint. */
final class SourceScanner implements JobWork {

    /** With pauses of up to half a minute in between, to outlast an outage of the store. */
    private static final int MAX_FAILURES = 20;

    private final BatchJobs.OpenJob job;
    private final JobContext context;
    private final JobWriter writer;
    private final BatchThrottle throttle;

    SourceScanner(BatchJobs.OpenJob job, JobContext context, JobWriter writer, BatchThrottle throttle) {
        this.job = job;
        this.context = context;
        this.writer = writer;
        this.throttle = throttle;
    }

    @Override
    public void run(StopSignal stop) {
        Optional<Claim> claim =
                context.jobs().claimSource(job.job().id(), context.clock().instant());
        if (claim.isPresent()) {
            read(claim.get(), stop);
        } else {
            throttle.pause(context.clock().instant());
        }
    }

    private void read(Claim claim, StopSignal stop) {
        try {
            stop.interruptibly(() -> read(new SourceReader(context, claim, stop)));
        } catch (ClaimLost e) {
            throw e;
        } catch (RuntimeException e) {
            if (!stop.isRequested() && failed(claim, Results.reason(e))) {
                return;
            }
        }
        writer.giveBack(claim, false);
    }

    private void read(SourceReader reader) {
        found(reader).ifPresent(reader::foundAll);
    }

    private Optional<Optional<KeyPrefix>> found(SourceReader reader) {
        JobSource source = reader.spec().source();
        if (source instanceof JobSource.Manifest manifest) {
            return new ManifestSource(reader, manifest.key()).read();
        }
        if (source instanceof JobSource.Archive archive) {
            return new ArchiveSource(reader, context, archive.key()).read();
        }
        return new PrefixSource(reader).read();
    }

    /** Returns whether the failure ended the job. */
    private boolean failed(Claim claim, StorageException reason) {
        int failures = throttle.failed(context.clock().instant());
        if (failures < MAX_FAILURES && Results.mayPass(reason)) {
            return false;
        }
        writer.fail(claim, JobFailure.of(reason));
        return true;
    }
}
