package dev.stowage.http.multipart;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.metadata.HeaderFields;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiRequired;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creation of multipart uploads. */
public final class CreateUploadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/create";

    private final Uploads uploads;
    private final Duration uploadTtl;
    private final long partSize;
    private final Json json;

    /** @param partSize the part size suggested to clients, in bytes */
    public CreateUploadRoute(Uploads uploads, Duration uploadTtl, long partSize, Json json) {
        this.uploads = uploads;
        this.uploadTtl = uploadTtl;
        this.partSize = partSize;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(PATH, this::create)
                .withBody(RouteBody.JSON)
                .withErrors(
                        RouteError.INVALID_KEY,
                        RouteError.INVALID_FILE_EXPIRY,
                        RouteError.TOO_MANY_UPLOADS,
                        RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Create a multipart upload",
            description =
                    "Nothing appears at the key until the upload is completed. A repetition creates another upload.",
            operationId = "createUpload",
            tags = ApiDoc.MULTIPART,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = CreateRequest.class)),
            responses = {
                @OpenApiResponse(status = "201", content = @OpenApiContent(from = CreatedUpload.class)),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open uploads")
            })
    void create(Context ctx) throws IOException {
        CreateRequest request = json.read(ctx, CreateRequest.class);
        UploadSession upload = uploads.create(Caller.of(ctx), request.objectKey(), request.attributes());
        json.write(
                ctx,
                201,
                new CreatedUpload(
                        upload.id().value(),
                        upload.key().value(),
                        upload.lastActivity().plus(uploadTtl),
                        partSize));
    }

    @OpenApiName("CreateUpload")
    record CreateRequest(
            @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
            String key,

            @OpenApiName("content_type") @OpenApiExample("text/plain") @Nullable
            String contentType,

            @OpenApiDescription("User metadata") @Nullable Map<String, @Nullable String> metadata,

            @OpenApiName("cache_control") @OpenApiExample("max-age=3600") @Nullable
            String cacheControl,

            @OpenApiName("content_disposition") @OpenApiExample("inline; filename=\"a.txt\"") @Nullable
            String contentDisposition,

            @OpenApiName("content_encoding")
            @OpenApiDescription("The content coding of the file's bytes; they are stored as sent")
            @OpenApiExample("gzip")
            @Nullable
            String contentEncoding,

            @OpenApiName("content_language") @OpenApiExample("de") @Nullable
            String contentLanguage,

            @OpenApiName(ExpiresIn.NAME)
            @OpenApiDescription(ExpiresIn.DESCRIPTION + "; counted from the completion of the upload")
            @OpenApiExample(ExpiresIn.EXAMPLE)
            @Nullable
            Long expiresIn) {

        @OpenApiIgnore
        ObjectKey objectKey() {
            return new ObjectKey(Json.required("key", key));
        }

        @OpenApiIgnore
        ObjectAttributes attributes() {
            Map<String, String> notes = new LinkedHashMap<>();
            if (metadata != null) {
                metadata.forEach((name, value) -> notes.put(name, Json.required("metadata." + name, value)));
            }
            return new ObjectAttributes(
                    contentType == null ? ContentType.OCTET_STREAM : new ContentType(contentType),
                    new Metadata(notes, Optional.ofNullable(expiresIn).map(OwnExpiry::inSeconds)),
                    new HeaderAttributes(
                            HeaderFields.present(cacheControl, contentDisposition, contentEncoding, contentLanguage)));
        }
    }

    @OpenApiName("CreatedUpload")
    record CreatedUpload(
            @OpenApiName("upload_id") @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
            String uploadId,

            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("expires_at")
            @OpenApiDescription("When the upload expires unless another part arrives; each part postpones it")
            @OpenApiExample("2025-12-01T12:00:00Z")
            Instant expiresAt,

            @OpenApiName("part_size")
            @OpenApiDescription("The size of the parts to send, in bytes; the last part may be smaller")
            @OpenApiExample("8388608")
            long partSize) {}
}
