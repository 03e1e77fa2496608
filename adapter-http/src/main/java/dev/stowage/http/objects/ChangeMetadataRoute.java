package dev.stowage.http.objects;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.ChangeAttributes;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.ErrorBody;
import dev.stowage.http.error.Examples;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
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

    private final ChangeAttributes changeAttributes;
    private final String bucket;
    private final Json json;

    public ChangeMetadataRoute(ChangeAttributes changeAttributes, String bucket, Json json) {
        this.changeAttributes = changeAttributes;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.conditional(RouteConditions.WRITE).patch(Routes.FILES + "/metadata/<key>", this::change);
    }

    @OpenApi(
            path = Routes.FILES + "/metadata/{key}",
            methods = HttpMethod.PATCH,
            summary = "Change what is noted of a file",
            description = "What is named changes, null removes it, and metadata is replaced as a whole. "
                    + "The file's bytes and everything else that the store keeps of it stay as they are.",
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
                        description = "The file as it is now",
                        content = @OpenApiContent(from = FileInfo.class)),
                @OpenApiResponse(
                        status = "400",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.INVALID_REQUEST)),
                @OpenApiResponse(
                        status = "404",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.NO_FILE)),
                @OpenApiResponse(
                        status = "409",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.CONFLICT)),
                @OpenApiResponse(
                        status = "415",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.MEDIA_TYPE)),
                @OpenApiResponse(
                        status = "507",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.FULL))
            })
    void change(Context ctx) throws IOException {
        Principal caller = Caller.of(ctx);
        ObjectKey key = PathKey.of(ctx);
        AttributeChanges changes = json.read(ctx, MetadataPatch.class).changes();
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        ObjectInfo changed = changeAttributes.change(caller, key, changes, conditions);
        ctx.header("ETag", changed.etag().quoted());
        json.write(ctx, 200, FileInfo.of(bucket, changed));
    }
}
