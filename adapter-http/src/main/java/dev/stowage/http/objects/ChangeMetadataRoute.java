package dev.stowage.http.objects;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
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

/** Change of a file's attributes. */
public final class ChangeMetadataRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/metadata/{key}";

    private final Files files;
    private final String bucket;
    private final Json json;

    public ChangeMetadataRoute(Files files, String bucket, Json json) {
        this.files = files;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.patch(PATH, this::change)
                .withConditions(RouteConditions.WRITE)
                .withErrors(
                        RouteError.INVALID_REQUEST,
                        RouteError.FILE_NOT_FOUND,
                        RouteError.CONFLICT,
                        RouteError.UNSUPPORTED_MEDIA_TYPE,
                        RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PATCH,
            summary = "Change a file's metadata",
            description = "The listed fields change, null removes a field, and metadata is replaced as a whole. "
                    + "The file's bytes and its other attributes in the store do not change.",
            operationId = "changeMetadata",
            tags = ApiDoc.FILES,
            pathParams =
                    @OpenApiParam(
                            name = "key",
                            required = true,
                            description = ApiDoc.KEY,
                            example = ApiDoc.KEY_EXAMPLE),
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
