package dev.stowage.http.companion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.upload.UploadEvents;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.resumable.FileNotes;
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
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Uppy's routes for creating, completing and aborting uploads. */
final class CompanionUploadRoutes implements RouteGroup {

    private static final String UPLOADS = Routes.COMPANION + "/s3/multipart";

    private final Uploads uploads;
    private final UploadEvents events;
    private final KeyLayout layout;
    private final String bucket;
    private final Json json;

    CompanionUploadRoutes(Uploads uploads, UploadEvents events, KeyLayout layout, String bucket, Json json) {
        this.uploads = uploads;
        this.events = events;
        this.layout = layout;
        this.bucket = bucket;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(UPLOADS, this::create)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.INVALID_FILE_EXPIRY,
                                RouteError.TOO_MANY_UPLOADS,
                                RouteError.STORAGE_FULL),
                Route.post(UPLOADS + "/{id}/complete", this::complete)
                        .withBody(RouteBody.JSON)
                        .withConditions(RouteConditions.WRITE)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.UPLOAD_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.INVALID_PART,
                                RouteError.INVALID_PART_NUMBER,
                                RouteError.INVALID_PART_ORDER,
                                RouteError.PART_TOO_SMALL,
                                RouteError.TOO_MANY_PARTS,
                                RouteError.STORAGE_FULL),
                Route.delete(UPLOADS + "/{id}", this::abort)
                        .withErrors(RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND, RouteError.CONFLICT));
    }

    @OpenApi(
            path = UPLOADS,
            methods = HttpMethod.POST,
            summary = "Create a multipart upload for Uppy",
            description = "The key is metadata.key, or is built from filename and the metadata by the layout.",
            operationId = "companionCreate",
            tags = ApiDoc.RESUMABLE,
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content =
                                    @OpenApiContent(
                                            mimeType = "application/json",
                                            type = "object",
                                            example = "{\"filename\":\"a.txt\",\"type\":\"text/plain\","
                                                    + "\"metadata\":{\"project_id\":\"demo\",\"stage\":\"raw\"}}")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/json",
                                        type = "object",
                                        example =
                                                "{\"key\":\"raw/demo/a.txt\",\"uploadId\":\"7Zk3\",\"bucket\":\"local\"}")),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open uploads")
            })
    void create(Context ctx) throws IOException {
        FileNotes notes = json.read(ctx, CreateRequest.class).notes();
        UploadSession upload = uploads.create(Caller.of(ctx), notes.key(layout), notes.attributes(layout));
        events.begun();
        json.write(
                ctx,
                200,
                Map.of(
                        "key", upload.key().value(),
                        "uploadId", upload.id().value(),
                        "bucket", bucket));
    }

    @OpenApi(
            path = UPLOADS + "/{id}/complete",
            methods = HttpMethod.POST,
            summary = "Complete a multipart upload for Uppy",
            operationId = "companionComplete",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams = @OpenApiParam(name = "key", required = true),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content =
                                    @OpenApiContent(
                                            mimeType = "application/json",
                                            type = "object",
                                            example = "{\"parts\":[{\"PartNumber\":1,"
                                                    + "\"ETag\":\"6f5902ac237024bdd0c176cb93063dc4\"}]}")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/json",
                                        type = "object",
                                        example = "{\"location\":\"/api/v1/s3/download/raw/demo/a.txt\","
                                                + "\"key\":\"raw/demo/a.txt\",\"bucket\":\"local\"}"))
            })
    void complete(Context ctx) throws IOException {
        List<PartTag> parts = json.read(ctx, CompleteRequest.class).tags();
        ObjectInfo made = uploads.complete(
                Caller.of(ctx), key(ctx), id(ctx), Optional.of(parts), WriteConditions.parse(RequestHeaders.of(ctx)));
        events.finished();
        URI download = URI.create(Routes.FILES + "/download/" + made.key().encoded());
        json.write(
                ctx,
                200,
                Map.of(
                        "location", PublicAddress.complete(ctx, download),
                        "key", made.key().value(),
                        "bucket", bucket));
    }

    @OpenApi(
            path = UPLOADS + "/{id}",
            methods = HttpMethod.DELETE,
            summary = "Abort a multipart upload for Uppy",
            operationId = "companionAbort",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams = @OpenApiParam(name = "key", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(mimeType = "application/json", type = "object", example = "{}"))
            })
    void abort(Context ctx) {
        uploads.abort(Caller.of(ctx), key(ctx), id(ctx));
        events.terminated();
        json.write(ctx, 200, Map.of());
    }

    static ObjectKey key(Context ctx) {
        return new ObjectKey(QueryParameters.of(ctx).required("key"));
    }

    static UploadId id(Context ctx) {
        return new UploadId(ctx.pathParam("id"));
    }

    /** The JSON that Uppy sends. Values that are not strings, such as null, are not metadata; {@code expires_in} may be a number. */
    record CreateRequest(
            @Nullable String filename,
            @Nullable String type,
            @Nullable Map<String, @Nullable Object> metadata) {

        FileNotes notes() {
            Map<String, String> notes = new LinkedHashMap<>();
            if (metadata != null) {
                metadata.forEach((name, value) -> {
                    if (value instanceof String text) {
                        notes.put(name, text);
                    } else if (value instanceof Number number && name.equals(ExpiresIn.NAME)) {
                        notes.put(name, number.toString());
                    }
                });
            }
            // Uppy also has both in its metadata, by its own names.
            notes.remove("name");
            notes.remove("type");
            notes.putIfAbsent("filename", Json.required("filename", filename));
            if (type != null) {
                notes.put(FileNotes.TYPE, type);
            }
            return new FileNotes(notes);
        }
    }

    record CompleteRequest(@Nullable List<@Nullable Part> parts) {

        List<PartTag> tags() {
            return Json.required("parts", parts).stream()
                    .map(part -> Json.required("parts", part))
                    .map(part -> new PartTag(
                            new PartNumber(Json.required("PartNumber", part.number())),
                            Etag.ofMaybeQuoted(Json.required("ETag", part.etag()))))
                    .toList();
        }

        record Part(
                @JsonProperty("PartNumber") @Nullable Integer number,
                @JsonProperty("ETag") @Nullable String etag) {}
    }
}
