package dev.stowage.http.companion;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.resumable.FileNotes;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uppy's routes for signing parts, listing parts, and uploading small files. */
final class CompanionPartRoutes implements RouteGroup {

    private static final String PARAMS = Routes.COMPANION + "/s3/params";

    private static final String UPLOAD = Routes.COMPANION + "/s3/multipart/{id}";
    private static final Duration EXPIRES_IN = Duration.ofMinutes(15);

    private final Uploads uploads;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final Json json;

    CompanionPartRoutes(Uploads uploads, KeyLayout layout, AccessPolicy access, Json json) {
        this.access = access;
        this.uploads = uploads;
        this.layout = layout;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(UPLOAD, this::list).withErrors(RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND),
                Route.get(UPLOAD + "/{number}", this::sign)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.UPLOAD_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.NOT_SUPPORTED,
                                RouteError.INVALID_PART_NUMBER),
                Route.get(PARAMS, this::params).withErrors(RouteError.INVALID_KEY, RouteError.INVALID_FILE_EXPIRY));
    }

    @OpenApi(
            path = UPLOAD,
            methods = HttpMethod.GET,
            summary = "List the parts of an upload for Uppy",
            operationId = "companionListParts",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams = @OpenApiParam(name = "key", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        from = CompanionPart[].class,
                                        example = "[{\"PartNumber\":1,\"Size\":8388608,"
                                                + "\"ETag\":\"6f5902ac237024bdd0c176cb93063dc4\"}]"))
            })
    void list(Context ctx) {
        ObjectKey key = CompanionUploadRoutes.key(ctx);
        UploadId id = CompanionUploadRoutes.id(ctx);
        List<CompanionPart> parts = Page.all((Optional<PartNumber> after) ->
                        uploads.listParts(Caller.of(ctx), key, id, Uploads.MAX_PARTS, after))
                .map(CompanionPart::of)
                .toList();
        json.write(ctx, 200, parts);
    }

    @OpenApi(
            path = UPLOAD + "/{number}",
            methods = HttpMethod.GET,
            summary = "Sign a URL for uploading a part, for Uppy",
            operationId = "companionSignPart",
            tags = ApiDoc.RESUMABLE,
            pathParams = {@OpenApiParam(name = "id", required = true), @OpenApiParam(name = "number", required = true)},
            queryParams = @OpenApiParam(name = "key", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/json",
                                        type = "object",
                                        example =
                                                "{\"method\":\"PUT\",\"url\":\"https://files.example.com/…\",\"expires\":900,"
                                                        + "\"headers\":{}}"))
            })
    void sign(Context ctx) {
        UrlGrant.UploadPart grant =
                new UrlGrant.UploadPart(CompanionUploadRoutes.key(ctx), CompanionUploadRoutes.id(ctx), number(ctx));
        SignedUrl url = uploads.signPart(Caller.of(ctx), grant, EXPIRES_IN);
        json.write(
                ctx,
                200,
                Map.of(
                        "method", "PUT",
                        "url", PublicAddress.complete(ctx, url.url()),
                        "expires", EXPIRES_IN.toSeconds(),
                        "headers", url.headers()));
    }

    @OpenApi(
            path = PARAMS,
            methods = HttpMethod.GET,
            summary = "Get the form for uploading a small file, for Uppy",
            description = "The form posts to the service itself, which accepts files up to MAX_FILE_SIZE.",
            operationId = "companionParams",
            tags = ApiDoc.RESUMABLE,
            queryParams = {
                @OpenApiParam(
                        name = "filename",
                        required = true,
                        description = "The file's name, from which the layout builds the key",
                        example = "a.txt"),
                @OpenApiParam(name = "type", description = "The file's media type", example = "text/plain"),
                @OpenApiParam(
                        name = "metadata[project_id]",
                        description = "Metadata, such as the values that the layout needs; any name in the brackets",
                        example = "demo")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/json",
                                        type = "object",
                                        example =
                                                "{\"method\":\"POST\",\"url\":\"https://files.example.com/api/v1/s3/upload\","
                                                        + "\"fields\":{\"key\":\"raw/demo/a.txt\",\"content_type\":\"text/plain\"},\"headers\":{}}"))
            })
    void params(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        FileNotes notes = notes(query);
        ObjectKey key = notes.key(layout);
        // Uppy sends the file with these fields, so a key that can't be written is refused before the file is sent.
        layout.check(key);
        access.check(Caller.of(ctx), Action.WRITE, key);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key.value());
        ObjectAttributes attributes = notes.attributes(layout);
        fields.put("content_type", attributes.contentType().value());
        attributes.headers().values().forEach((attribute, value) -> fields.put(attribute.field(), value));
        attributes
                .expiry()
                .ifPresent(unused -> fields.put(ExpiresIn.NAME, notes.values().get(ExpiresIn.NAME)));
        fields.put("metadata", new String(json.bytes(attributes.metadata().values()), StandardCharsets.UTF_8));
        String url = PublicAddress.complete(ctx, URI.create(Routes.FILES + "/upload"));
        json.write(ctx, 200, Map.of("method", "POST", "url", url, "fields", fields, "headers", Map.of()));
    }

    private static FileNotes notes(QueryParameters query) {
        Map<String, String> notes = new LinkedHashMap<>();
        query.asMap().forEach((name, value) -> {
            if (name.startsWith("metadata[") && name.endsWith("]")) {
                notes.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        notes.remove("name");
        notes.remove("type");
        notes.values().removeIf("null"::equals);
        notes.putIfAbsent("filename", query.required("filename"));
        query.text("type").ifPresent(type -> notes.put(FileNotes.TYPE, type));
        return new FileNotes(notes);
    }

    private static PartNumber number(Context ctx) {
        String text = ctx.pathParam("number");
        return new PartNumber(text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0);
    }
}
