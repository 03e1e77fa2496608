package dev.stowage.http.objects;

import dev.stowage.core.file.Files;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
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
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;

/** Copies and moves within the store. */
public final class CopyRoutes implements RouteGroup {

    private static final String COPY = Routes.FILES + "/copy";
    private static final String MOVE = Routes.FILES + "/move";

    private final Files files;
    private final String bucket;
    private final Json json;

    public CopyRoutes(Files files, String bucket, Json json) {
        this.files = files;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(COPY, this::copy)
                        .withBody(RouteBody.JSON)
                        .withConditions(RouteConditions.COPY)
                        .withErrors(RouteError.INVALID_KEY, RouteError.FILE_NOT_FOUND, RouteError.STORAGE_FULL),
                Route.post(MOVE, this::move)
                        .withBody(RouteBody.JSON)
                        .withConditions(RouteConditions.COPY)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = COPY,
            methods = HttpMethod.POST,
            summary = "Copy a file of any size within the store",
            operationId = "copyFile",
            tags = ApiDoc.FILES,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = CopyRequest.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = StoredFile.class))})
    void copy(Context ctx) throws IOException {
        CopyRequest request = json.read(ctx, CopyRequest.class);
        ObjectInfo copied = files.copy(
                Caller.of(ctx),
                request.source(),
                request.target(),
                ofTarget(ctx, request),
                WriteConditions.ofSource(RequestHeaders.of(ctx)));
        json.write(ctx, 200, StoredFile.of(bucket, copied));
    }

    @OpenApi(
            path = MOVE,
            methods = HttpMethod.POST,
            summary = "Move a file to another key",
            description =
                    "Copies the file, then deletes the source. If it fails in between, the file exists at both keys; a repetition "
                            + "completes the move.",
            operationId = "moveFile",
            tags = ApiDoc.FILES,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = CopyRequest.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = StoredFile.class))})
    void move(Context ctx) throws IOException {
        CopyRequest request = json.read(ctx, CopyRequest.class);
        ObjectInfo moved = files.move(
                Caller.of(ctx),
                request.source(),
                request.target(),
                ofTarget(ctx, request),
                WriteConditions.ofSource(RequestHeaders.of(ctx)));
        json.write(ctx, 200, StoredFile.of(bucket, moved));
    }

    /** {@code "overwrite": false} is the same as {@code If-None-Match: *}. */
    private static Preconditions ofTarget(Context ctx, CopyRequest request) {
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        return request.mayOverwrite() ? conditions : conditions.andAbsent();
    }
}
