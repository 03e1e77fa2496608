package dev.stowage.http.multipart;

import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;

/** Abort of multipart uploads. */
public final class AbortUploadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/abort";

    private final Uploads uploads;

    public AbortUploadRoute(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.delete(PATH, this::abort)
                .withErrors(RouteError.INVALID_REQUEST, RouteError.UPLOAD_NOT_FOUND, RouteError.CONFLICT));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.DELETE,
            summary = "Abort a multipart upload",
            description = "Frees the upload's parts.",
            operationId = "abortUpload",
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
            responses = {@OpenApiResponse(status = "204", description = "The upload is aborted")})
    void abort(Context ctx) {
        UploadParameters upload = UploadParameters.of(QueryParameters.of(ctx));
        uploads.abort(Caller.of(ctx), upload.key(), upload.uploadId());
        ctx.status(204);
    }
}
