package dev.stowage.http.tus;

import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;

/** The supported features of tus. */
final class TusOptionsRoute implements RouteGroup {

    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,concatenation";

    private final long maxSize;

    /** @param maxSize the maximum size of a file, in bytes */
    TusOptionsRoute(long maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.options(Routes.TUS, this::options), Route.options(Routes.TUS + "/{id}", this::options));
    }

    @OpenApi(
            path = Routes.TUS,
            methods = HttpMethod.OPTIONS,
            summary = "Get the supported features of tus",
            description = "Also available at the URL of an upload. Needs no credential.",
            operationId = "tusOptions",
            tags = ApiDoc.RESUMABLE,
            responses =
                    @OpenApiResponse(
                            status = "204",
                            description =
                                    "The supported versions, extensions and checksum algorithms, and the maximum file size",
                            headers = {
                                @OpenApiParam(
                                        name = "Tus-Version",
                                        description = "The supported versions",
                                        example = "1.0.0"),
                                @OpenApiParam(
                                        name = "Tus-Extension",
                                        description = "The supported extensions",
                                        example = EXTENSIONS),
                                @OpenApiParam(
                                        name = "Tus-Max-Size",
                                        description = "The maximum file size, in bytes",
                                        example = "5497558138880"),
                                @OpenApiParam(
                                        name = "Tus-Checksum-Algorithm",
                                        description = "The supported checksum algorithms",
                                        example = "sha1,sha256,md5,crc32")
                            }))
    @OpenApi(
            path = Routes.TUS + "/{id}",
            methods = HttpMethod.OPTIONS,
            summary = "Get the supported features of tus, at the URL of an upload",
            operationId = "tusUploadOptions",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = @OpenApiResponse(status = "204", description = "The same response as without the id"))
    void options(Context ctx) {
        ctx.header("Tus-Version", TusHeaders.VERSION);
        ctx.header("Tus-Extension", EXTENSIONS);
        ctx.header("Tus-Max-Size", Long.toString(maxSize));
        ctx.header("Tus-Checksum-Algorithm", TusHeaders.checksumAlgorithms());
        ctx.status(204);
    }
}
