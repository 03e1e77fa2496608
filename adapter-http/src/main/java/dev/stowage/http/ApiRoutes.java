package dev.stowage.http;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.batch.DeleteJob;
import dev.stowage.core.batch.GetJob;
import dev.stowage.core.batch.ListJobItems;
import dev.stowage.core.batch.ListJobs;
import dev.stowage.core.batch.SubmitJob;
import dev.stowage.core.file.ChangeAttributes;
import dev.stowage.core.file.CopyFile;
import dev.stowage.core.file.DeleteFile;
import dev.stowage.core.file.DeleteFiles;
import dev.stowage.core.file.GetFile;
import dev.stowage.core.file.ListFiles;
import dev.stowage.core.file.MoveFile;
import dev.stowage.core.file.PutFile;
import dev.stowage.core.file.SignUrl;
import dev.stowage.core.file.StatFile;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.operation.JobAccess;
import dev.stowage.core.operation.JobOperations;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.AbortUpload;
import dev.stowage.core.upload.CompleteUpload;
import dev.stowage.core.upload.CreateUpload;
import dev.stowage.core.upload.GetUpload;
import dev.stowage.core.upload.ListParts;
import dev.stowage.core.upload.ListUploads;
import dev.stowage.core.upload.PartSizes;
import dev.stowage.core.upload.PutPart;
import dev.stowage.core.upload.ResumableContext;
import dev.stowage.core.upload.SignPart;
import dev.stowage.core.upload.UploadLocker;
import dev.stowage.core.upload.UploadMemory;
import dev.stowage.http.companion.CompanionModule;
import dev.stowage.http.download.DownloadRoute;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.form.BatchUploadRoute;
import dev.stowage.http.form.CompletionFormHandler;
import dev.stowage.http.form.PartFormHandler;
import dev.stowage.http.form.UploadRoute;
import dev.stowage.http.ietf.DraftModule;
import dev.stowage.http.jobs.JobControlRoutes;
import dev.stowage.http.jobs.JobEventsRoute;
import dev.stowage.http.jobs.JobItemsRoutes;
import dev.stowage.http.jobs.JobRoutes;
import dev.stowage.http.jobs.SubmitJobRoute;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.limit.OwnerLimits;
import dev.stowage.http.limit.OwnerSlots;
import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.multipart.AbortUploadRoute;
import dev.stowage.http.multipart.CompleteUploadRoute;
import dev.stowage.http.multipart.CreateUploadRoute;
import dev.stowage.http.multipart.ListPartsRoute;
import dev.stowage.http.multipart.ListUploadsRoute;
import dev.stowage.http.multipart.UploadPartRoute;
import dev.stowage.http.multipart.UploadStatusRoute;
import dev.stowage.http.objects.ChangeMetadataRoute;
import dev.stowage.http.objects.CopyRoutes;
import dev.stowage.http.objects.DeleteBatchRoute;
import dev.stowage.http.objects.DeleteRoutes;
import dev.stowage.http.objects.ListRoute;
import dev.stowage.http.objects.PutRoute;
import dev.stowage.http.objects.StatRoutes;
import dev.stowage.http.presign.PresignRoutes;
import dev.stowage.http.resumable.ResumableUseCases;
import dev.stowage.http.resumable.UploadMeters;
import dev.stowage.http.resumable.UploadThreads;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.signed.SignedRoutes;
import dev.stowage.http.signed.SignedUploads;
import dev.stowage.http.tus.TusModule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/** All routes, wired to their use cases. */
final class ApiRoutes implements AutoCloseable {

    /** How often clients that follow a job hear of it. */
    private static final Duration EVENT_INTERVAL = Duration.ofMillis(500);

    /** What share of the heap the parts of resumable uploads are gathered in. */
    private static final int UPLOAD_MEMORY_SHARE = 4;

    private final HttpConfig config;
    private final Storage storage;
    private final UploadSessions sessions;
    private final BatchJobs jobs;
    private final JobEventsRoute jobEvents;
    private final PutPart putPart;
    private final CompleteUpload complete;
    private final AccessPolicy access;
    private final KeyLayout layout;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final TransferLimiter transfers;
    private final JsonCodec codec;
    private final Json json;
    private final SpoolSpace spools;

    ApiRoutes(
            HttpConfig config,
            HttpModule.Backing backing,
            AccessPolicy access,
            KeyLayout layout,
            InstantSource clock,
            MeterRegistry meters,
            JsonCodec codec) {
        this.config = config;
        this.storage = backing.storage();
        this.sessions = backing.sessions();
        this.jobs = backing.jobs();
        this.spools = backing.spools();
        this.putPart = new PutPart(backing.storage().uploads(), sessions, access, clock);
        this.complete = new CompleteUpload(
                backing.storage().uploads(), backing.storage().objects(), sessions, access, clock);
        this.access = access;
        this.layout = layout;
        this.clock = clock;
        this.meters = meters;
        this.transfers = new TransferLimiter(config.limits().transfers(), meters);
        this.codec = codec;
        this.json = new Json(codec);
        this.jobEvents = new JobEventsRoute(
                new GetJob(jobs, access),
                new OwnerSlots(OwnerLimits.ALL_STREAMS, config.limits().owners().eventStreams()),
                EVENT_INTERVAL,
                json);
    }

    /** In the order in which they are tried: what takes whole keys comes last. */
    List<RouteGroup> groups() {
        return Stream.of(multipart(), files(), batchJobs(), resumable(), companion(), signedUrls(), wholeKeys())
                .flatMap(List::stream)
                .toList();
    }

    private List<RouteGroup> files() {
        ObjectStore objects = storage.objects();
        CopyFile copyFile = new CopyFile(objects, layout, access);
        return List.of(
                new UploadRoute(storage, putFile(), spools, config.maxFileSize(), codec),
                new BatchUploadRoute(putFile(), spools, config.maxFileSize(), storage.bucket(), json),
                new StatRoutes(new StatFile(objects, access), storage.bucket(), json),
                new ChangeMetadataRoute(new ChangeAttributes(objects, access), storage.bucket(), json),
                new DownloadRoute(downloads()),
                new ListRoute(new ListFiles(objects, access), json),
                new CopyRoutes(copyFile, new MoveFile(objects, copyFile, access), storage.bucket(), json),
                new DeleteBatchRoute(new DeleteFiles(objects, access), json));
    }

    private List<RouteGroup> multipart() {
        MultipartStore uploads = storage.uploads();
        return List.of(
                new CreateUploadRoute(createUpload(), config.uploadTtl(), config.partSize(), json),
                new UploadPartRoute(putPart, new PartFormHandler(putPart, spools, config.maxFileSize(), json), json),
                new CompleteUploadRoute(
                        complete, new CompletionFormHandler(complete, storage.bucket(), codec), storage.bucket(), json),
                new AbortUploadRoute(new AbortUpload(uploads, sessions, access, clock)),
                new ListUploadsRoute(new ListUploads(sessions, access), config.uploadTtl(), json),
                new ListPartsRoute(new ListParts(uploads, sessions, access), json),
                new UploadStatusRoute(new GetUpload(uploads, sessions, access), config.uploadTtl(), json));
    }

    private CreateUpload createUpload() {
        return new CreateUpload(
                storage.uploads(),
                sessions,
                layout,
                access,
                config.limits().owners().openUploads(),
                clock);
    }

    private List<RouteGroup> batchJobs() {
        ObjectStore objects = storage.objects();
        JobLimits limits = config.limits().owners().jobs();
        SubmitJob submitJob =
                new SubmitJob(jobs, objects, JobOperations.on(objects, layout), new JobAccess(access), limits, clock);
        return List.of(
                new SubmitJobRoute(submitJob, json),
                new JobRoutes(new GetJob(jobs, access), new ListJobs(jobs, access), new DeleteJob(jobs, access), json),
                new JobControlRoutes(jobs, access, limits, clock, json),
                new JobItemsRoutes(new ListJobItems(jobs, access), json),
                jobEvents);
    }

    private List<RouteGroup> companion() {
        MultipartStore uploads = storage.uploads();
        SignUrl signUrl = new SignUrl(storage.signer(), layout, access);
        CompanionModule.UseCases useCases = new CompanionModule.UseCases(
                createUpload(),
                complete,
                new AbortUpload(uploads, sessions, access, clock),
                new ListParts(uploads, sessions, access),
                new SignPart(signUrl, sessions, access));
        return CompanionModule.routes(
                useCases, new UploadMeters("companion", meters), layout, access, storage.bucket(), json);
    }

    private List<RouteGroup> resumable() {
        UploadMemory memory = new UploadMemory(Runtime.getRuntime().maxMemory() / UPLOAD_MEMORY_SHARE);
        UploadLocker locker = new UploadLocker();
        Executor executor = UploadThreads.executor();
        PartSizes sizes = new PartSizes(storage.uploads().limits(), config.partSize());
        Function<String, ResumableUseCases> uploads = protocol -> ResumableUseCases.of(
                new ResumableContext(
                        storage, sessions, memory, locker, new UploadMeters(protocol, meters), executor, clock),
                layout,
                access,
                sizes,
                config.limits().owners().openUploads());
        return Stream.of(
                        TusModule.routes(uploads.apply("tus"), layout, config.uploadTtl()),
                        DraftModule.routes(uploads.apply("draft"), config.uploadTtl(), clock, json))
                .flatMap(List::stream)
                .toList();
    }

    /** Ends what would go on for longer than a request. Again: does nothing. */
    @Override
    public void close() {
        jobEvents.close();
    }

    private List<RouteGroup> signedUrls() {
        ObjectStore objects = storage.objects();
        SignUrl signUrl = new SignUrl(storage.signer(), layout, access);
        SignedUploads uploads = new SignedUploads(new PutFile(objects, layout, access, Long.MAX_VALUE), putPart);
        return List.of(
                new PresignRoutes(signUrl, new SignPart(signUrl, sessions, access), json),
                new SignedRoutes(storage.verifier(), access, downloads(), uploads));
    }

    /** How many uploads and downloads run at once. */
    TransferLimiter transfers() {
        return transfers;
    }

    private Downloads downloads() {
        return new Downloads(
                new GetFile(storage.objects(), access), new StatFile(storage.objects(), access), transfers);
    }

    private List<RouteGroup> wholeKeys() {
        ObjectStore objects = storage.objects();
        return List.of(
                new PutRoute(putFile(), storage.bucket(), json), new DeleteRoutes(new DeleteFile(objects, access)));
    }

    private PutFile putFile() {
        return new PutFile(storage.objects(), layout, access, config.maxFileSize());
    }
}
