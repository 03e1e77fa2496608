package dev.stowage.http.multipart;

import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
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
import org.jspecify.annotations.Nullable;

/** The status of an upload. */
public final class UploadStatusRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/status";

    private final Uploads uploads;
    private final Duration uploadTtl;
    private final Json json;

    public UploadStatusRoute(Uploads uploads, Duration uploadTtl, Json json) {
        this.uploads = uploads;
        this.uploadTtl = uploadTtl;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::status).withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "Get the status of a multipart upload",
            description = "Available for SESSION_RETENTION after the upload has ended.",
            operationId = "uploadStatus",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(
                        name = "key",
                        required = true,
                        description = "The file's key",
                        example = ApiDoc.KEY_EXAMPLE),
                @OpenApiParam(
                        name = "upload_id",
                        required = true,
                        description = ApiDoc.UPLOAD_ID,
                        example = ApiDoc.UPLOAD_ID_EXAMPLE)
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Status.class))})
    void status(Context ctx) {
        UploadParameters parameters = UploadParameters.of(QueryParameters.of(ctx));
        UploadProgress upload = uploads.get(Caller.of(ctx), parameters.key(), parameters.uploadId());
        json.write(ctx, 200, Status.of(upload, uploadTtl));
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
}
