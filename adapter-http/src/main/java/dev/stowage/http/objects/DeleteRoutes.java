package dev.stowage.http.objects;

import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
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
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;

/** {@code DELETE} of one file. */
public final class DeleteRoutes implements RouteGroup {

    private static final String PATH = Routes.FILES + "/{key}";

    private final Files files;

    public DeleteRoutes(Files files) {
        this.files = files;
    }

    /** The route takes whole keys, so it must come after every {@code DELETE} with a literal path, such as that of aborts. */
    @Override
    public void register(Routes routes) {
        routes.add(Route.delete(PATH, this::delete)
                .withConditions(RouteConditions.WRITE)
                .withErrors(RouteError.INVALID_KEY, RouteError.FILE_NOT_FOUND));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.DELETE,
            summary = "Delete a file",
            description = "Paths of other routes, such as multipart/abort, can't be used as keys here.",
            operationId = "deleteFile",
            tags = ApiDoc.FILES,
            pathParams =
                    @OpenApiParam(
                            name = "key",
                            required = true,
                            description = ApiDoc.KEY,
                            example = ApiDoc.KEY_EXAMPLE),
            responses = {@OpenApiResponse(status = "204", description = "The file is deleted")})
    void delete(Context ctx) {
        ObjectKey key = PathKey.of(ctx);
        files.delete(Caller.of(ctx), key, WriteConditions.parse(RequestHeaders.of(ctx)));
        ctx.status(204);
    }
}
