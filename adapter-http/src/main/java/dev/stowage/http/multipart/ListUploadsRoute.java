package dev.stowage.http.multipart;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
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

/** Listing of open uploads. */
public final class ListUploadsRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/list";

    private static final int DEFAULT_UPLOADS = 100;

    private final Uploads uploads;
    private final Duration uploadTtl;
    private final Json json;

    public ListUploadsRoute(Uploads uploads, Duration uploadTtl, Json json) {
        this.uploads = uploads;
        this.uploadTtl = uploadTtl;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::list).withErrors(RouteError.INVALID_REQUEST));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "List open multipart uploads",
            operationId = "listUploads",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(
                        name = "prefix",
                        description = "Only keys that begin with this prefix",
                        example = "raw/demo/"),
                @OpenApiParam(
                        name = "max_uploads",
                        type = Integer.class,
                        description = "Maximum number of uploads in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(
                        name = "continuation_token",
                        description = "next_continuation_token of the previous page",
                        example = "cmF3L2RlbW8vYS50eHQ")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = UploadList.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        Page<UploadProgress, SessionPosition> page = uploads.list(
                Caller.of(ctx),
                new KeyPrefix(query.text("prefix").orElse("")),
                query.number("max_uploads").orElse(DEFAULT_UPLOADS),
                query.text("continuation_token"));
        List<Upload> listed = page.items().stream()
                .map(upload -> Upload.of(upload, uploadTtl))
                .toList();
        json.write(
                ctx,
                200,
                new UploadList(listed, page.next().map(SessionPosition::token).orElse(null)));
    }

    @OpenApiName("Uploads")
    record UploadList(
            List<Upload> uploads,

            @OpenApiName("next_continuation_token")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("cmF3L2RlbW8vYS50eHQ")
            @Nullable
            String nextContinuationToken) {}

    @OpenApiName("Upload")
    record Upload(
            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("upload_id") @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
            String uploadId,

            @OpenApiExample("2025-11-30T12:00:00Z") Instant initiated,

            @OpenApiName("expires_at") @OpenApiExample("2025-12-01T12:00:00Z")
            Instant expiresAt,

            @OpenApiDescription("The number of parts") @OpenApiExample("2")
            int parts,

            @OpenApiDescription("The total size of the parts, in bytes") @OpenApiExample("10485760")
            long bytes) {

        static Upload of(UploadProgress progress, Duration ttl) {
            UploadSession session = progress.session();
            return new Upload(
                    session.key().value(),
                    session.id().value(),
                    session.upload().initiated(),
                    session.lastActivity().plus(ttl),
                    progress.parts(),
                    progress.bytes());
        }
    }
}
