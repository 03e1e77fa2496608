package dev.stowage.core;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.archive.Archives;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.batch.Schedules;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.Events;
import dev.stowage.core.expiry.Lifecycle;
import dev.stowage.core.file.Files;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.link.Links;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.core.port.service.ImportSource;
import dev.stowage.core.port.service.PasswordHash;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.port.service.Timetables;
import dev.stowage.core.port.service.WebhookSender;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.UsageReport;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.core.upload.Uploads;
import dev.stowage.core.webhook.Webhooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The services for clients. Built once in each process, as some of them order the requests of that process. Safe for concurrent use.
 *
 * @param files with the size limit
 * @param signedFiles for the bearers of signed URLs, whose files are limited by the URL only
 */
public record Services(
        Files files,
        Files signedFiles,
        Uploads uploads,
        ResumableUploads resumableUploads,
        Archives archives,
        Links links,
        Jobs jobs,
        Schedules schedules,
        ApiKeyManagement apiKeys,
        UsageReport usage,
        Events events,
        Lifecycle lifecycle,
        Webhooks webhooks) {

    /**
     * The dependencies of the services. The caller closes them after the last request.
     *
     * @param accounts the records about clients
     * @param signals to the other processes that share the records
     * @param spools temporary disk space for the lists of files in archives
     */
    public record Ports(
            Storage storage,
            UploadSessions sessions,
            JobParts jobs,
            Accounts accounts,
            EventParts events,
            Signals signals,
            SpoolSpace spools) {}

    /**
     * What events need, and what follows from them.
     *
     * @param publisher moves events to their log
     * @param expiry the rules by which files expire
     * @param webhooks that receive events
     * @param sender of events to their receivers
     */
    public record EventParts(
            EventPublisher publisher, ExpiryRecords expiry, WebhookRecords webhooks, WebhookSender sender) {}

    /**
     * What jobs and schedules need.
     *
     * @param records of jobs and their items
     * @param schedules of jobs
     * @param timetables reads their times
     * @param imports the stores that jobs may import from; unmodifiable
     */
    public record JobParts(
            BatchJobs records, JobSchedules schedules, Timetables timetables, List<ImportSource> imports) {
        public JobParts {
            imports = List.copyOf(imports);
        }
    }

    /**
     * The records about clients.
     *
     * @param s3Secrets derives the secrets of S3 key pairs; empty if there can be none
     * @param principals the current rights of those who shared something
     * @param usage current only while {@code quotas} are enabled
     */
    public record Accounts(
            ApiKeys keys,
            Optional<S3Secrets> s3Secrets,
            Principals principals,
            Sharing sharing,
            ProjectUsage usage,
            ProjectQuotas quotas) {}

    /**
     * What is shared with people who have no credentials.
     *
     * @param hash for the passwords of links
     */
    public record Sharing(ArchiveRecords archives, LinkRecords links, PasswordHash hash) {}

    /**
     * The limits for one client, or for all together.
     *
     * @param maxFileSize the maximum size of a file in bytes
     * @param partSize the size in bytes of the parts of resumable uploads, unless a file needs larger ones
     * @param uploadMemory the memory in bytes for the parts of all resumable uploads that are being received
     * @param openUploads the maximum number of open uploads of one principal
     * @param schedules the maximum number of schedules of one principal
     * @param webhooks the maximum number of webhooks of one principal
     * @param jobs the limits of one principal's jobs
     * @param links the limits on links
     */
    public record Limits(
            long maxFileSize,
            long partSize,
            long uploadMemory,
            int openUploads,
            int schedules,
            int webhooks,
            JobLimits jobs,
            Links.Limits links) {}

    /**
     * Builds all services.
     *
     * @param executor stores a part of a resumable upload while the next one is read, and asks for properties of several files; may run
     *     tasks in the caller's thread
     */
    public static Services over(
            Ports ports, KeyLayout layout, AccessPolicy access, Limits limits, Executor executor, InstantSource clock) {
        Storage storage = ports.storage();
        Files files = new Files(storage.objects(), storage.signer(), layout, access, limits.maxFileSize());
        JobOperations operations = new JobOperations(storage.objects(), layout, access)
                .importing(ports.jobs().imports());
        Jobs jobs = new Jobs(
                ports.jobs().records(), storage.objects(), operations, access, limits.jobs(), ports.signals(), clock);
        return new Services(
                files,
                new Files(storage.objects(), storage.signer(), layout, access, Long.MAX_VALUE),
                new Uploads(
                        storage, ports.sessions(), files, layout, access, limits.openUploads(), ports.signals(), clock),
                new ResumableUploads(
                        storage,
                        ports.sessions(),
                        layout,
                        access,
                        new ResumableUploads.Limits(limits.partSize(), limits.openUploads(), limits.uploadMemory()),
                        ports.signals(),
                        executor,
                        clock),
                new Archives(
                        new Archives.Parts(
                                files,
                                storage.objects(),
                                ports.accounts().sharing().archives(),
                                ports.spools(),
                                ports.accounts().principals(),
                                executor),
                        access,
                        clock),
                new Links(
                        ports.accounts().sharing().links(),
                        ports.accounts().sharing().hash(),
                        ports.accounts().principals(),
                        layout,
                        limits.links(),
                        access,
                        clock),
                jobs,
                new Schedules(
                        ports.jobs().schedules(), ports.jobs().timetables(), jobs, access, limits.schedules(), clock),
                new ApiKeyManagement(
                        ports.accounts().keys(),
                        layout,
                        access,
                        ports.accounts().s3Secrets(),
                        clock),
                new UsageReport(ports.accounts().usage(), ports.accounts().quotas(), access),
                new Events(ports.events().publisher(), access),
                new Lifecycle(ports.events().expiry(), storage.objects(), access, executor, clock),
                new Webhooks(
                        ports.events().webhooks(),
                        ports.events().sender(),
                        ports.events().publisher(),
                        access,
                        limits.webhooks(),
                        clock));
    }
}
