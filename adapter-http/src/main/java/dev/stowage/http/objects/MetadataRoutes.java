package dev.stowage.http.objects;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.Optional;

/** A file's metadata, without its bytes. */
public final class MetadataRoutes implements RouteGroup {

    private static final String EXISTS = Routes.FILES + "/exists/{key}";
    private static final String METADATA = Routes.FILES + "/metadata/{key}";

    private final Files files;
    private final String bucket;
    private final Json json;

    public MetadataRoutes(Files files, String bucket, Json json) {
        this.files = files;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.head(EXISTS, this::exists)
                        .withConditions(RouteConditions.READ)
                        .withErrors(RouteError.INVALID_KEY, RouteError.FILE_NOT_FOUND),
                Route.get(METADATA, this::metadata)
                        .withConditions(RouteConditions.READ)
                        .withErrors(RouteError.INVALID_KEY, RouteError.FILE_NOT_FOUND),
                Route.patch(METADATA, this::change)
                        .withBody(RouteBody.JSON)
                        .withConditions(RouteConditions.WRITE)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = EXISTS,
            methods = HttpMethod.HEAD,
            summary = "Check whether a file exists",
            description = "The response has no body.",
            operationId = "fileExists",
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            responses = {
                @OpenApiResponse(status = "200", description = "The file exists"),
                @OpenApiResponse(status = "400", description = "The key is not valid"),
                @OpenApiResponse(status = "404", description = "The file does not exist"),
                @OpenApiResponse(status = "500", description = "Internal error"),
                @OpenApiResponse(status = "502", description = "The store refused the request"),
                @OpenApiResponse(status = "503", description = "The store does not respond")
            })
    void exists(Context ctx) {
        if (find(ctx).isEmpty()) {
            ctx.status(304);
        }
    }

    @OpenApi(
            path = METADATA,
            methods = HttpMethod.GET,
            summary = "Get a file's metadata",
            operationId = "getMetadata",
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = FileInfo.class))})
    void metadata(Context ctx) {
        find(ctx).ifPresentOrElse(info -> json.write(ctx, 200, FileInfo.of(bucket, info)), () -> ctx.status(304));
    }

    /** Returns the file; empty when the client has this version of it. */
    private Optional<ObjectInfo> find(Context ctx) {
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        ObjectKey key = PathKey.of(ctx);
        ObjectInfo info = files.stat(Caller.of(ctx), key).orElseThrow(() -> NotFound.file(key.value()));
        return conditions.proceed(info) ? Optional.of(info) : Optional.empty();
    }

    @OpenApi(
            path = METADATA,
            methods = HttpMethod.PATCH,
            summary = "Change a file's metadata",
            description = "The listed fields change, null removes a field, and metadata is replaced as a whole. "
                    + "The file's bytes and its other attributes in the store do not change.",
            operationId = "changeMetadata",
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = MetadataPatchSchema.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file with its new metadata",
                        content = @OpenApiContent(from = FileInfo.class))
            })
    void change(Context ctx) throws IOException {
        Principal caller = Caller.of(ctx);
        ObjectKey key = PathKey.of(ctx);
        AttributeChanges changes = json.read(ctx, MetadataPatch.class).changes();
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        ObjectInfo changed = files.changeAttributes(caller, key, changes, conditions);
        ctx.header("ETag", changed.etag().quoted());
        json.write(ctx, 200, FileInfo.of(bucket, changed));
    }
}
