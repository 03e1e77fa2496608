package dev.stowage.http;

import dev.stowage.core.file.CopyFile;
import dev.stowage.core.file.DeleteFiles;
import dev.stowage.core.file.GetFile;
import dev.stowage.core.file.ListFiles;
import dev.stowage.core.file.MoveFile;
import dev.stowage.core.file.PutFile;
import dev.stowage.core.file.SignUrl;
import dev.stowage.core.file.StatFile;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.upload.AbortUpload;
import dev.stowage.core.upload.CompleteUpload;
import dev.stowage.core.upload.CreateUpload;
import dev.stowage.core.upload.ListParts;
import dev.stowage.core.upload.ListUploads;
import dev.stowage.core.upload.PutPart;
import dev.stowage.http.download.DownloadRoute;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.multipart.AbortUploadRoute;
import dev.stowage.http.multipart.CompleteUploadRoute;
import dev.stowage.http.multipart.CreateUploadRoute;
import dev.stowage.http.multipart.ListPartsRoute;
import dev.stowage.http.multipart.ListUploadsRoute;
import dev.stowage.http.multipart.UploadPartRoute;
import dev.stowage.http.multipart.UploadStatusRoute;
import dev.stowage.http.objects.CopyRoutes;
import dev.stowage.http.objects.DeleteBatchRoute;
import dev.stowage.http.objects.DeleteRoutes;
import dev.stowage.http.objects.ListRoute;
import dev.stowage.http.objects.PutRoute;
import dev.stowage.http.objects.StatRoutes;
import dev.stowage.http.presign.PresignRoutes;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.signed.SignedRoutes;
import dev.stowage.http.signed.SignedUploads;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** All routes, wired to their use cases. */
final class ApiRoutes {

    private final HttpConfig config;
    private final Storage storage;
    private final KeyLayout layout;
    private final InstantSource clock;
    private final Json json;

    ApiRoutes(HttpConfig config, Storage storage, KeyLayout layout, InstantSource clock, JsonCodec codec) {
        this.config = config;
        this.storage = storage;
        this.layout = layout;
        this.clock = clock;
        this.json = new Json(codec);
    }

    /** In the order in which they are tried: what takes whole keys comes last. */
    List<RouteGroup> groups() {
        return Stream.of(multipart(), files(), signedUrls(), wholeKeys())
                .flatMap(List::stream)
                .toList();
    }

    private List<RouteGroup> files() {
        ObjectStore objects = storage.objects();
        CopyFile copyFile = new CopyFile(objects, layout);
        return List.of(
                new StatRoutes(new StatFile(objects), storage.bucket(), json),
                new DownloadRoute(downloads()),
                new ListRoute(new ListFiles(objects), json),
                new CopyRoutes(copyFile, new MoveFile(objects, copyFile), storage.bucket(), json),
                new DeleteBatchRoute(new DeleteFiles(objects), json));
    }

    private List<RouteGroup> multipart() {
        MultipartStore uploads = storage.uploads();
        ListUploads listUploads = new ListUploads(uploads);
        ListParts listParts = new ListParts(uploads);
        return List.of(
                new CreateUploadRoute(
                        new CreateUpload(uploads, layout, clock), config.uploadTtl(), config.partSize(), json),
                new UploadPartRoute(new PutPart(uploads), ApiRoutes::noForms, json),
                new CompleteUploadRoute(
                        new CompleteUpload(uploads, storage.objects()), ApiRoutes::noForms, storage.bucket(), json),
                new AbortUploadRoute(new AbortUpload(uploads)),
                new ListUploadsRoute(listUploads, listParts, config.uploadTtl(), json),
                new ListPartsRoute(listParts, json),
                new UploadStatusRoute(listUploads, listParts, config.uploadTtl(), json));
    }

    private List<RouteGroup> signedUrls() {
        ObjectStore objects = storage.objects();
        StatFile statFile = new StatFile(objects);
        SignedUploads uploads = new SignedUploads(
                new PutFile(objects, layout, Long.MAX_VALUE), statFile, new PutPart(storage.uploads()));
        return List.of(
                new PresignRoutes(new SignUrl(storage.signer(), layout), json),
                new SignedRoutes(storage.verifier(), downloads(), uploads));
    }

    private Downloads downloads() {
        return new Downloads(new GetFile(storage.objects()), new StatFile(storage.objects()));
    }

    private List<RouteGroup> wholeKeys() {
        ObjectStore objects = storage.objects();
        return List.of(
                new PutRoute(
                        new PutFile(objects, layout, config.maxFileSize()),
                        new StatFile(objects),
                        storage.bucket(),
                        json),
                new DeleteRoutes(new DeleteFiles(objects)));
    }

    private static void noForms(Context ctx) {
        throw RequestException.unsupportedMediaType("Forms are not taken here");
    }
}
