package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.key.KeyPrefix;
import java.time.Instant;
import java.util.Optional;

/** Finds the items of one job, in one process at a time; goes on where it was left off. */
final class SourceWork implements JobWork {

    /** With pauses of up to half a minute between, so that a store may be away for some time. */
    private static final int MAX_FAILURES = 20;

    private final OpenJob job;
    private final JobTools tools;
    private final Pace pace;

    SourceWork(OpenJob job, JobTools tools, Pace pace) {
        this.job = job;
        this.tools = tools;
        this.pace = pace;
    }

    @Override
    public void run(Stop stop) {
        String lease = "source " + job.job().id();
        if (!tools.leases().acquire(lease, tools.clock().instant())) {
            pace.rest(tools.clock().instant());
            return;
        }
        try {
            read(stop);
        } catch (RuntimeException e) {
            if (!stop.takeInterrupt() && !stop.isRequested()) {
                failed(Results.reason(e));
            }
        } finally {
            tools.leases().release(lease);
        }
    }

    private void read(Stop stop) {
        // What another process has found since this was looked at counts.
        Optional<OpenJob> now = tools
                .jobs()
                .open(JobRunner.OPEN_JOBS, tools.clock().instant())
                .stream()
                .filter(open -> open.job().id().equals(job.job().id()))
                .findFirst();
        if (now.isEmpty() || now.get().totalFinal()) {
            return;
        }
        SourceReader reader = new SourceReader(tools, now.get(), stop);
        Optional<Optional<KeyPrefix>> end = job.job().spec().source() instanceof JobSource.Manifest manifest
                ? new ManifestSource(reader, tools, manifest.key()).read()
                : new PrefixSource(reader, tools).read();
        end.ifPresent(strip ->
                tools.jobs().enumeratedAll(job.job().id(), strip, tools.clock().instant()));
    }

    private void failed(StorageException reason) {
        Instant now = tools.clock().instant();
        int failures = pace.failed(now);
        if (failures < MAX_FAILURES && Results.mayPass(reason)) {
            return;
        }
        tools.jobs()
                .find(job.job().id())
                .filter(status -> status.job().state().isActive())
                .ifPresent(status -> {
                    BatchJob failed = status.job().failed(JobFailure.of(reason), now);
                    boolean unused = tools.jobs().change(status.job(), failed);
                });
    }
}
