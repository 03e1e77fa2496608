package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.Page;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status and the parts of a multipart upload, and aborting it. */
public final class UploadRoutes implements RouteGroup {

    private static final String STATUS = Routes.FILES + "/multipart/status";
    private static final String PARTS = Routes.FILES + "/multipart/list-parts";
    private static final String ABORT = Routes.FILES + "/multipart/abort";

    private final Uploads uploads;
    private final Duration uploadTtl;
    private final Json json;

    public UploadRoutes(Uploads uploads, Duration uploadTtl, Json json) {
        this.uploads = uploads;
        this.uploadTtl = uploadTtl;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(STATUS, this::status).withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND),
                Route.delete(ABORT, this::abort)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND, RouteError.CONFLICT),
                Route.get(PARTS, this::listParts).withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND));
    }

    @OpenApi(
            path = STATUS,
            methods = HttpMethod.GET,
            summary = "Get the status of a multipart upload",
            description = "Available for SESSION_RETENTION after the upload has ended.",
            operationId = "uploadStatus",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(name = "key", required = true),
                @OpenApiParam(name = "upload_id", required = true)
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Status.class))})
    void status(Context ctx) {
        UploadParameters parameters = UploadParameters.of(QueryParameters.of(ctx));
        UploadProgress upload = uploads.get(Caller.of(ctx), parameters.key(), parameters.uploadId());
        json.write(ctx, 200, Status.of(upload, uploadTtl));
    }

    @OpenApi(
            path = ABORT,
            methods = HttpMethod.DELETE,
            summary = "Abort a multipart upload",
            description = "Frees the upload's parts.",
            operationId = "abortUpload",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(name = "key", required = true),
                @OpenApiParam(name = "upload_id", required = true)
            },
            responses = {@OpenApiResponse(status = "204", description = "The upload is aborted")})
    void abort(Context ctx) {
        UploadParameters upload = UploadParameters.of(QueryParameters.of(ctx));
        uploads.abort(Caller.of(ctx), upload.key(), upload.uploadId());
        ctx.status(204);
    }

    @OpenApi(
            path = PARTS,
            methods = HttpMethod.GET,
            summary = "List the parts of an upload",
            operationId = "listParts",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(name = "key", required = true),
                @OpenApiParam(name = "upload_id", required = true),
                @OpenApiParam(
                        name = "max_parts",
                        type = Integer.class,
                        description = "Maximum number of parts in a page: 1 to 1000, default 1000",
                        example = "100"),
                @OpenApiParam(
                        name = "part_number_marker",
                        type = Integer.class,
                        description = "next_part_number_marker of the previous page",
                        example = "100")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Parts.class))})
    void listParts(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        UploadParameters upload = UploadParameters.of(query);
        Page<PartInfo, PartNumber> page = uploads.listParts(
                Caller.of(ctx),
                upload.key(),
                upload.uploadId(),
                query.number("max_parts").orElse(Uploads.MAX_PARTS),
                // S3 clients request the first page with 0.
                query.number("part_number_marker").filter(marker -> marker != 0).map(PartNumber::new));
        json.write(ctx, 200, Parts.of(page));
    }

    @OpenApiName("UploadStatus")
    record Status(
            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("upload_id") @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
            String uploadId,

            @OpenApiDescription("open, completing, completed, aborted or expired") @OpenApiExample("open")
            String state,

            @OpenApiDescription("The number of parts") @OpenApiExample("2")
            int parts,

            @OpenApiDescription("The total size of the parts, in bytes") @OpenApiExample("10485760")
            long bytes,

            @OpenApiExample("2025-11-30T12:00:00Z") Instant initiated,

            @OpenApiName("last_activity")
            @OpenApiDescription("When the last part was stored, or the state changed")
            @OpenApiExample("2025-11-30T12:34:56Z")
            Instant lastActivity,

            @OpenApiName("expires_at")
            @OpenApiNullable
            @OpenApiDescription("When the upload expires unless another part arrives; null if it is not open")
            @OpenApiExample("2025-12-01T12:00:00Z")
            @Nullable
            Instant expiresAt) {

        static Status of(UploadProgress progress, Duration ttl) {
            UploadSession session = progress.session();
            return new Status(
                    session.key().value(),
                    session.id().value(),
                    session.state().label(),
                    progress.parts(),
                    progress.bytes(),
                    session.upload().initiated(),
                    session.lastActivity(),
                    session.state() == UploadState.OPEN ? session.lastActivity().plus(ttl) : null);
        }
    }

    @OpenApiName("Parts")
    record Parts(
            List<Part> parts,

            @OpenApiName("next_part_number_marker")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("100")
            @Nullable
            Integer nextPartNumberMarker) {

        static Parts of(Page<PartInfo, PartNumber> page) {
            return new Parts(
                    page.items().stream().map(Part::of).toList(),
                    page.next().map(PartNumber::value).orElse(null));
        }
    }

    @OpenApiName("Part")
    record Part(
            @OpenApiName("part_number") @OpenApiExample("1") int partNumber,

            @OpenApiDescription("In bytes") @OpenApiExample("8388608")
            long size,

            @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
            String etag,

            @OpenApiName("last_modified") @OpenApiExample("2025-11-30T12:00:00Z")
            Instant lastModified) {

        static Part of(PartInfo part) {
            return new Part(part.number().value(), part.size(), part.etag().value(), part.lastModified());
        }
    }
}
