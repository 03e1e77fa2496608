package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Claim;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.key.KeyPrefix;
import java.util.Optional;

/** Finds the items of one job, in one process at a time; goes on where it was left off. */
final class SourceWork implements JobWork {

    /** With pauses of up to half a minute between, so that a store may be away for some time. */
    private static final int MAX_FAILURES = 20;

    private final OpenJob job;
    private final JobTools tools;
    private final JobWriter writer;
    private final Pace pace;

    SourceWork(OpenJob job, JobTools tools, JobWriter writer, Pace pace) {
        this.job = job;
        this.tools = tools;
        this.writer = writer;
        this.pace = pace;
    }

    @Override
    public void run(Stop stop) {
        Optional<Claim> claim =
                tools.jobs().claimSource(job.job().id(), tools.clock().instant());
        if (claim.isPresent()) {
            read(claim.get(), stop);
        } else {
            pace.rest(tools.clock().instant());
        }
    }

    private void read(Claim claim, Stop stop) {
        try {
            stop.interruptibly(() -> read(new SourceReader(tools, claim, stop)));
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
        Optional<Optional<KeyPrefix>> end = reader.spec().source() instanceof JobSource.Manifest manifest
                ? new ManifestSource(reader, tools, manifest.key()).read()
                : new PrefixSource(reader, tools).read();
        end.ifPresent(reader::foundAll);
    }

    /** Whether the job has come to its end by that. */
    private boolean failed(Claim claim, StorageException reason) {
        int failures = pace.failed(tools.clock().instant());
        if (failures < MAX_FAILURES && Results.mayPass(reason)) {
            return false;
        }
        writer.fail(claim, JobFailure.of(reason));
        return true;
    }
}
