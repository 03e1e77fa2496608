package dev.stowage.http.objects;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.PutResult;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.metadata.HeaderFields;
import dev.stowage.http.metadata.MetadataHeaders;
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
import java.util.List;

/** {@code PUT} of a file as the raw body of a request, as {@code curl -T file URL} sends it, and {@code DELETE} of a file. */
public final class FileRoutes implements RouteGroup {

    private static final String PATH = Routes.FILES + "/{key}";

    private final Files files;
    private final String bucket;
    private final Json json;

    public FileRoutes(Files files, String bucket, Json json) {
        this.files = files;
        this.bucket = bucket;
        this.json = json;
    }

    /** The routes take whole keys, so they must come after every {@code PUT} and {@code DELETE} with a literal path, such as those of uploads. */
    @Override
    public void register(Routes routes) {
        routes.add(
                Route.put(PATH, this::put)
                        .withBody(RouteBody.FILE)
                        .withConditions(RouteConditions.WRITE)
                        .withErrors(RouteError.INVALID_FILE_EXPIRY),
                Route.delete(PATH, this::delete)
                        .withConditions(RouteConditions.WRITE)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.CONDITION_NOT_SUPPORTED));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PUT,
            summary = "Store a file",
            description =
                    "Replaces an existing file atomically. Paths of other routes, such as multipart/upload-part, can't be used as keys here.",
            operationId = "putFile",
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            queryParams =
                    @OpenApiParam(
                            name = ExpiresIn.NAME,
                            type = Long.class,
                            description = ExpiresIn.DESCRIPTION,
                            example = ExpiresIn.EXAMPLE),
            headers = {
                @OpenApiParam(
                        name = "Content-Type",
                        description = "The file's media type; by default guessed from the key's extension",
                        example = "text/plain"),
                @OpenApiParam(
                        name = "Cache-Control",
                        description = "Stored with the file, as are Content-Disposition and Content-Language",
                        example = "max-age=3600"),
                @OpenApiParam(
                        name = "Content-Encoding",
                        description = "The content coding of the bytes; they are stored and returned as sent",
                        example = "gzip"),
                @OpenApiParam(
                        name = "X-Meta-NAME",
                        description = "User metadata, as UTF-8 or by RFC 2047",
                        example = "Ada"),
                @OpenApiParam(
                        name = "Content-MD5",
                        description = "MD5 of the body in base64",
                        example = "XUFAKrxLKna5cZ2REBfFkg=="),
                @OpenApiParam(
                        name = "Content-Digest",
                        description = "Digests of the body (RFC 9530); Repr-Digest likewise",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:"),
                @OpenApiParam(
                        name = "x-amz-checksum-sha256",
                        description = "SHA-256 in base64; -sha1, -crc32 and -crc32c likewise",
                        example = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")
            },
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The file's bytes",
                            content =
                                    @OpenApiContent(
                                            mimeType = "application/octet-stream",
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "An existing file was replaced, or the store can't tell",
                        content = @OpenApiContent(from = StoredFile.class)),
                @OpenApiResponse(
                        status = "201",
                        description = "A new file was created",
                        content = @OpenApiContent(from = StoredFile.class))
            })
    void put(Context ctx) throws IOException {
        Principal caller = Caller.of(ctx);
        ObjectKey key = PathKey.of(ctx);
        Content content = RequestBody.ofFile(ctx);
        ObjectAttributes attributes = new ObjectAttributes(
                        RequestBody.declaredType(ctx).orElseGet(() -> MediaTypes.guess(key)),
                        MetadataHeaders.parse(RequestHeaders.names(ctx), RequestHeaders.of(ctx)),
                        HeaderFields.parse(RequestHeaders.of(ctx)))
                .expiring(ExpiresIn.ofQuery(ctx));
        List<Checksum> digests = RequestHeaders.digests(ctx).all();
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        PutResult stored = files.put(caller, key, content, attributes, conditions, digests);
        ctx.header("ETag", stored.info().etag().quoted());
        json.write(ctx, stored.created().orElse(false) ? 201 : 200, StoredFile.of(bucket, stored.info()));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.DELETE,
            summary = "Delete a file",
            description = "Paths of other routes, such as multipart/abort, can't be used as keys here.",
            operationId = "deleteFile",
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            responses = {@OpenApiResponse(status = "204", description = "The file is deleted")})
    void delete(Context ctx) {
        ObjectKey key = PathKey.of(ctx);
        files.delete(Caller.of(ctx), key, WriteConditions.parse(RequestHeaders.of(ctx)));
        ctx.status(204);
    }
}
