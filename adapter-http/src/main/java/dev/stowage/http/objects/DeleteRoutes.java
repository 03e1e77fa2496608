package dev.stowage.http.objects;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.DeleteFiles;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.ErrorBody;
import dev.stowage.http.error.Examples;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.util.List;

/** {@code DELETE} of one file. */
public final class DeleteRoutes implements RouteGroup {

    private final DeleteFiles deleteFiles;

    public DeleteRoutes(DeleteFiles deleteFiles) {
        this.deleteFiles = deleteFiles;
    }

    /** The route takes whole keys, so it must come after every {@code DELETE} with a literal path, such as that of aborts. */
    @Override
    public void register(Routes routes) {
        routes.delete(Routes.FILES + "/<key>", this::delete);
    }

    @OpenApi(
            path = Routes.FILES + "/{key}",
            methods = HttpMethod.DELETE,
            summary = "Delete a file",
            description = "Paths of other routes, such as multipart/abort, are not keys here.",
            operationId = "deleteFile",
            tags = ApiDoc.FILES,
            pathParams =
                    @OpenApiParam(
                            name = "key",
                            required = true,
                            description = ApiDoc.KEY,
                            example = ApiDoc.KEY_EXAMPLE),
            responses = {
                @OpenApiResponse(status = "204", description = "It is gone"),
                @OpenApiResponse(
                        status = "400",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.INVALID_KEY)),
                @OpenApiResponse(
                        status = "404",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.NO_FILE))
            })
    void delete(Context ctx) {
        DeleteResult result =
                deleteFiles.delete(Caller.of(ctx), List.of(PathKey.of(ctx))).get(0);
        if (result instanceof DeleteResult.Missing missing) {
            throw NotFound.file(missing.key().value());
        }
        if (result instanceof DeleteResult.Failed failed) {
            throw failed.reason();
        }
        ctx.status(204);
    }
}
