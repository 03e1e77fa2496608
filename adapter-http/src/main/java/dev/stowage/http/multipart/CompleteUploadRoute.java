package dev.stowage.http.multipart;

import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.FormDispatch;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;

/** Completion of multipart uploads, by JSON; forms go to another handler. */
public final class CompleteUploadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/complete";

    private final Uploads uploads;
    private final Handler form;
    private final String bucket;
    private final Json json;

    /** @param form handles requests whose body is a form */
    public CompleteUploadRoute(Uploads uploads, Handler form, String bucket, Json json) {
        this.uploads = uploads;
        this.form = form;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(PATH, FormDispatch.ofEither(form, this::complete))
                .withBody(RouteBody.JSON)
                .withConditions(RouteConditions.WRITE)
                .withErrors(
                        RouteError.INVALID_PART,
                        RouteError.UPLOAD_NOT_FOUND,
                        RouteError.CONFLICT,
                        RouteError.STORAGE_FULL,
                        RouteError.INVALID_PART_ORDER,
                        RouteError.PART_TOO_SMALL,
                        RouteError.TOO_MANY_PARTS,
                        RouteError.INVALID_PART_NUMBER));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Complete a multipart upload",
            description =
                    "Creates the file from the listed parts, in ascending order, or from all uploaded parts. A repetition after success "
                            + "returns the same response.",
            operationId = "completeUpload",
            tags = ApiDoc.MULTIPART,
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = {
                                @OpenApiContent(from = CompleteRequest.class),
                                @OpenApiContent(mimeType = "multipart/form-data", from = CompletionFormSchema.class),
                                @OpenApiContent(
                                        mimeType = "application/x-www-form-urlencoded",
                                        from = CompletionFormSchema.class)
                            }),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = CompletedFile.class))})
    void complete(Context ctx) throws IOException {
        CompleteRequest request = json.read(ctx, CompleteRequest.class);
        ObjectInfo completed = uploads.complete(
                Caller.of(ctx),
                request.objectKey(),
                request.id(),
                request.tags(),
                WriteConditions.parse(RequestHeaders.of(ctx)));
        ctx.header("ETag", completed.etag().quoted());
        json.write(ctx, 200, CompletedFile.of(bucket, completed));
    }
}
