package dev.stowage.http.multipart;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.upload.ListParts;
import dev.stowage.core.upload.ListUploads;
import dev.stowage.http.error.ErrorBody;
import dev.stowage.http.error.Examples;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is known of one upload. */
public final class UploadStatusRoute implements RouteGroup {

    private static final String OPEN = "open";

    private final ListUploads listUploads;
    private final ListParts listParts;
    private final Duration uploadTtl;
    private final Json json;

    public UploadStatusRoute(ListUploads listUploads, ListParts listParts, Duration uploadTtl, Json json) {
        this.listUploads = listUploads;
        this.listParts = listParts;
        this.uploadTtl = uploadTtl;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.get(Routes.FILES + "/multipart/status", this::status);
    }

    @OpenApi(
            path = Routes.FILES + "/multipart/status",
            methods = HttpMethod.GET,
            summary = "Tell how far a multipart upload is",
            operationId = "uploadStatus",
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
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Status.class)),
                @OpenApiResponse(
                        status = "400",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.INVALID_REQUEST)),
                @OpenApiResponse(
                        status = "404",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.NO_UPLOAD)),
                @OpenApiResponse(
                        status = "500",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.INTERNAL)),
                @OpenApiResponse(
                        status = "502",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.REJECTED)),
                @OpenApiResponse(
                        status = "503",
                        content = @OpenApiContent(from = ErrorBody.class, example = Examples.UNAVAILABLE))
            })
    void status(Context ctx) {
        UploadParameters parameters = UploadParameters.of(QueryParameters.of(ctx));
        UploadInfo upload = find(parameters);
        json.write(ctx, 200, Status.of(upload, PartTally.of(listParts, upload), uploadTtl));
    }

    /** Uploads are listed by key, so the search ends where another key begins. */
    private UploadInfo find(UploadParameters wanted) {
        KeyPrefix prefix = new KeyPrefix(wanted.key().value());
        Optional<String> token = Optional.empty();
        boolean past = false;
        do {
            UploadPage page = listUploads.list(prefix, ListUploads.MAX_UPLOADS, token);
            for (UploadInfo upload : page.uploads()) {
                if (upload.key().equals(wanted.key()) && upload.id().equals(wanted.uploadId())) {
                    return upload;
                }
                past = upload.key().compareTo(wanted.key()) > 0;
            }
            token = page.nextToken();
        } while (!past && token.isPresent());
        throw NotFound.upload(wanted.key().value(), wanted.uploadId().value());
    }

    @OpenApiName("UploadStatus")
    record Status(
            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("upload_id") @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
            String uploadId,

            @OpenApiExample(OPEN) String state,

            @OpenApiDescription("How many parts there are") @OpenApiExample("2")
            int parts,

            @OpenApiDescription("Of all parts together") @OpenApiExample("10485760")
            long bytes,

            @OpenApiExample("2025-11-30T12:00:00Z") Instant initiated,

            @OpenApiName("last_activity")
            @OpenApiDescription("When the last part was stored")
            @OpenApiExample("2025-11-30T12:34:56Z")
            Instant lastActivity,

            @OpenApiName("expires_at") @OpenApiExample("2025-12-01T12:00:00Z")
            Instant expiresAt) {

        static Status of(UploadInfo upload, PartTally tally, Duration ttl) {
            return new Status(
                    upload.key().value(),
                    upload.id().value(),
                    OPEN,
                    tally.parts(),
                    tally.bytes(),
                    upload.initiated(),
                    tally.lastActivity(),
                    upload.initiated().plus(ttl));
        }
    }
}
