package dev.stowage.core;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.file.Files;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.core.upload.Uploads;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What clients of the service can do. Built once in each process, as some of these order the requests of that process. Safe for concurrent use.
 *
 * @param files within the size limit
 * @param signedFiles for the bearers of signed URLs, whose files are limited by the URL alone
 */
public record Services(Files files, Files signedFiles, Uploads uploads, ResumableUploads resumableUploads, Jobs jobs) {

    /**
     * What the services are built on; stays the caller's, who closes it after the last request.
     *
     * @param partExecutor stores a part of a resumable upload while the next one is read; may run tasks in the caller's thread
     */
    public record Ports(Storage storage, UploadSessions sessions, BatchJobs jobs, Executor partExecutor) {}

    /**
     * How much one client, or all together, may take up.
     *
     * @param maxFileSize of one file, in bytes
     * @param partSize of resumable uploads, in bytes, where that will do
     * @param uploadMemory in which the parts of all resumable uploads are gathered, in bytes
     * @param openUploads the most of one principal
     * @param jobs of one principal
     */
    public record Limits(long maxFileSize, long partSize, long uploadMemory, int openUploads, JobLimits jobs) {}

    /** Builds all services. */
    public static Services over(
            Ports ports, KeyLayout layout, AccessPolicy access, Limits limits, InstantSource clock) {
        Storage storage = ports.storage();
        Files files = new Files(storage.objects(), storage.signer(), layout, access, limits.maxFileSize());
        return new Services(
                files,
                new Files(storage.objects(), storage.signer(), layout, access, Long.MAX_VALUE),
                new Uploads(storage, ports.sessions(), files, layout, access, limits.openUploads(), clock),
                new ResumableUploads(
                        storage,
                        ports.sessions(),
                        layout,
                        access,
                        new ResumableUploads.Limits(limits.partSize(), limits.openUploads(), limits.uploadMemory()),
                        ports.partExecutor(),
                        clock),
                new Jobs(ports.jobs(), storage.objects(), layout, access, limits.jobs(), clock));
    }
}
