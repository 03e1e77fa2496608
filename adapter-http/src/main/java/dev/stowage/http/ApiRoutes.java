package dev.stowage.http;

import dev.stowage.core.Services;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Storage;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.account.KeyRoutes;
import dev.stowage.http.account.MeRoute;
import dev.stowage.http.account.UsageRoute;
import dev.stowage.http.companion.CompanionModule;
import dev.stowage.http.console.ConsoleRoutes;
import dev.stowage.http.download.ArchiveDownload;
import dev.stowage.http.download.ArchiveRoutes;
import dev.stowage.http.download.DownloadRoute;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.events.EventsRoute;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.form.BatchUploadRoute;
import dev.stowage.http.form.CompletionFormHandler;
import dev.stowage.http.form.PartFormHandler;
import dev.stowage.http.form.UploadRoute;
import dev.stowage.http.ietf.DraftModule;
import dev.stowage.http.jobs.JobEventsRoute;
import dev.stowage.http.jobs.JobItemsRoutes;
import dev.stowage.http.jobs.JobRoutes;
import dev.stowage.http.jobs.ScheduleRoutes;
import dev.stowage.http.jobs.SubmitJobRoute;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.lifecycle.LifecycleRoutes;
import dev.stowage.http.limit.OwnerLimits;
import dev.stowage.http.limit.OwnerSlots;
import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.link.LinkModule;
import dev.stowage.http.multipart.CompleteUploadRoute;
import dev.stowage.http.multipart.CreateUploadRoute;
import dev.stowage.http.multipart.ListUploadsRoute;
import dev.stowage.http.multipart.UploadPartRoute;
import dev.stowage.http.multipart.UploadRoutes;
import dev.stowage.http.objects.CopyRoutes;
import dev.stowage.http.objects.DeleteBatchRoute;
import dev.stowage.http.objects.FileRoutes;
import dev.stowage.http.objects.ListRoute;
import dev.stowage.http.objects.MetadataRoutes;
import dev.stowage.http.ops.InfoRoute;
import dev.stowage.http.ops.ServiceInfo;
import dev.stowage.http.presign.PresignRoutes;
import dev.stowage.http.resumable.UploadMeters;
import dev.stowage.http.resumable.UploadThreads;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.signed.SignedRoutes;
import dev.stowage.http.signed.SignedUploads;
import dev.stowage.http.tus.TusModule;
import dev.stowage.http.webhooks.WebhookRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** All routes, wired to the services of the core. */
final class ApiRoutes implements AutoCloseable {

    /** The interval at which event streams look for changes. */
    private static final Duration EVENT_INTERVAL = Duration.ofMillis(500);

    /** The divisor of the heap that gives the memory for buffering parts of resumable uploads. */
    private static final int UPLOAD_MEMORY_SHARE = 4;

    private final HttpConfig config;
    private final Storage storage;
    private final Services services;
    private final JobEventsRoute jobEvents;
    private final EventsRoute events;
    private final AccessPolicy access;
    private final KeyLayout layout;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final TransferLimiter transfers;
    private final Downloads downloads;
    private final ArchiveDownload archiveDownload;
    private final List<String> features;
    private final JsonCodec codec;
    private final Json json;
    private final SpoolSpace spools;

    ApiRoutes(
            HttpConfig config,
            HttpModule.Backing backing,
            HttpModule.Guard guard,
            KeyLayout layout,
            InstantSource clock,
            MeterRegistry meters,
            JsonCodec codec) {
        this.config = config;
        this.access = guard.policy();
        this.storage = backing.ports().storage();
        this.services = Services.over(backing.ports(), layout, access, limits(config), uploadThreads(backing), clock);
        this.spools = backing.ports().spools();
        this.layout = layout;
        this.clock = clock;
        this.meters = meters;
        this.transfers = new TransferLimiter(config.limits().transfers(), meters);
        this.downloads = new Downloads(services.files(), transfers);
        this.archiveDownload = new ArchiveDownload(transfers);
        this.features = features(config, backing, guard);
        this.codec = codec;
        this.json = new Json(codec);
        OwnerSlots streams =
                new OwnerSlots(OwnerLimits.ALL_STREAMS, config.limits().owners().eventStreams());
        this.jobEvents = new JobEventsRoute(services.jobs(), streams, EVENT_INTERVAL, json);
        this.events = new EventsRoute(services.events(), streams, EVENT_INTERVAL, json);
    }

    /** Where there are traces, a part that is stored meanwhile belongs to the trace of its request. */
    private static Executor uploadThreads(HttpModule.Backing backing) {
        Executor threads = UploadThreads.executor();
        return backing.telemetry().isPresent() ? Context.taskWrapping(threads) : threads;
    }

    private static List<String> features(HttpConfig config, HttpModule.Backing backing, HttpModule.Guard guard) {
        List<String> features = new ArrayList<>();
        if (guard.authenticator().isGuarded()) {
            features.add("authentication");
        }
        if (backing.ports().storage().signer().isPresent()) {
            features.add("presigned_urls");
        }
        if (backing.ports().accounts().quotas().enabled()) {
            features.add("quotas");
        }
        if (config.limits().owners().links().max() > 0) {
            features.add("links");
        }
        if (!backing.ports().jobs().imports().isEmpty()) {
            features.add("import");
        }
        if (config.console().enabled()) {
            features.add("console");
        }
        return features;
    }

    private static Services.Limits limits(HttpConfig config) {
        OwnerLimits owners = config.limits().owners();
        return new Services.Limits(
                config.maxFileSize(),
                config.partSize(),
                Runtime.getRuntime().maxMemory() / UPLOAD_MEMORY_SHARE,
                owners.openUploads(),
                owners.schedules(),
                owners.webhooks(),
                owners.jobs(),
                owners.links());
    }

    /** In matching order: routes that take whole keys come last. */
    List<RouteGroup> groups() {
        return Stream.of(
                        multipart(),
                        files(),
                        batchJobs(),
                        accounts(),
                        console(),
                        resumable(),
                        companion(),
                        signedUrls(),
                        links(),
                        wholeKeys())
                .flatMap(List::stream)
                .toList();
    }

    private List<RouteGroup> files() {
        Files files = services.files();
        return List.of(
                new UploadRoute(storage, files, spools, config.maxFileSize(), codec),
                new BatchUploadRoute(files, spools, config.maxFileSize(), storage.bucket(), json),
                new MetadataRoutes(files, storage.bucket(), json),
                new DownloadRoute(downloads, config.redirects()),
                new ArchiveRoutes(services.archives(), archiveDownload, json),
                new ListRoute(files, json),
                new CopyRoutes(files, storage.bucket(), json),
                new DeleteBatchRoute(files, json),
                new LifecycleRoutes(services.lifecycle(), json));
    }

    private List<RouteGroup> multipart() {
        Uploads uploads = services.uploads();
        return List.of(
                new CreateUploadRoute(uploads, config.uploadTtl(), config.partSize(), json),
                new UploadPartRoute(uploads, new PartFormHandler(uploads, spools, config.maxFileSize(), json), json),
                new CompleteUploadRoute(
                        uploads, new CompletionFormHandler(uploads, storage.bucket(), codec), storage.bucket(), json),
                new ListUploadsRoute(uploads, config.uploadTtl(), json),
                new UploadRoutes(uploads, config.uploadTtl(), json));
    }

    private List<RouteGroup> batchJobs() {
        Jobs jobs = services.jobs();
        return List.of(
                new SubmitJobRoute(jobs, json),
                new JobRoutes(jobs, json),
                new JobItemsRoutes(jobs, json),
                jobEvents,
                new ScheduleRoutes(services.schedules(), json));
    }

    private List<RouteGroup> accounts() {
        ServiceInfo info =
                new ServiceInfo(config.version(), layout.toString(), config.store(), config.maxFileSize(), features);
        return List.of(
                new MeRoute(json),
                new KeyRoutes(services.apiKeys(), clock, json),
                new UsageRoute(services.usage(), json),
                events,
                new WebhookRoutes(services.webhooks(), json),
                new InfoRoute(info, json));
    }

    private List<RouteGroup> console() {
        return config.console().enabled() ? List.of(new ConsoleRoutes(config.console())) : List.of();
    }

    private List<RouteGroup> companion() {
        return CompanionModule.routes(
                services.uploads(), new UploadMeters("companion", meters), layout, access, storage.bucket(), json);
    }

    private List<RouteGroup> resumable() {
        return Stream.of(
                        TusModule.routes(resumable("tus"), layout, config.uploadTtl()),
                        DraftModule.routes(resumable("draft"), config.uploadTtl(), clock, json))
                .flatMap(List::stream)
                .toList();
    }

    private ResumableUploads resumable(String protocol) {
        return services.resumableUploads().observedBy(new UploadMeters(protocol, meters));
    }

    private List<RouteGroup> signedUrls() {
        return List.of(
                new PresignRoutes(services.files(), services.uploads(), json),
                new SignedRoutes(
                        storage.verifier(),
                        access,
                        downloads,
                        new SignedUploads(services.signedFiles(), services.uploads())));
    }

    private List<RouteGroup> links() {
        return LinkModule.routes(services, downloads, archiveDownload, meters, clock, json);
    }

    private List<RouteGroup> wholeKeys() {
        return List.of(new FileRoutes(services.files(), storage.bucket(), json));
    }

    /** The services behind the routes. */
    Services services() {
        return services;
    }

    /** The limiter of concurrent uploads and downloads. */
    TransferLimiter transfers() {
        return transfers;
    }

    /** Ends event streams, which outlast other requests. A repetition does nothing. */
    @Override
    public void close() {
        jobEvents.close();
        events.close();
    }
}
