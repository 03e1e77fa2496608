package dev.stowage.http.tus;

import dev.stowage.core.access.Principal;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.upload.AppendRequest;
import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.ClientStream;
import dev.stowage.http.exchange.Connections;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
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
import java.util.OptionalLong;

/** Creation of uploads, with or without the first bytes, and concatenation. */
final class TusCreateRoute implements RouteGroup {

    private final ResumableUploads uploads;
    private final KeyLayout layout;
    private final TusResponse answer;

    TusCreateRoute(ResumableUploads uploads, KeyLayout layout, TusResponse answer) {
        this.uploads = uploads;
        this.layout = layout;
        this.answer = answer;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(Routes.TUS, new TusHandler(this::create))
                .withBody(RouteBody.FILE)
                .withConditions(RouteConditions.WRITE)
                .withErrors(
                        RouteError.INVALID_KEY,
                        RouteError.INVALID_FILE_EXPIRY,
                        RouteError.UPLOAD_NOT_FOUND,
                        RouteError.PRECONDITION_FAILED,
                        RouteError.TOO_MANY_UPLOADS,
                        RouteError.TUS_CHECKSUM_MISMATCH));
    }

    @OpenApi(
            path = Routes.TUS,
            methods = HttpMethod.POST,
            summary = "Create a resumable upload (tus)",
            description =
                    "Follows tus 1.0.0. The file's key is the metadata entry key, or is built from filename, project_id and stage by the layout; "
                            + "filetype is its media type, expires_in deletes it after so many seconds, and the other entries become its metadata. A body of the type "
                            + "application/offset+octet-stream is the beginning of the file.",
            operationId = "tusCreate",
            tags = ApiDoc.RESUMABLE,
            headers = {
                @OpenApiParam(name = "Tus-Resumable", required = true),
                @OpenApiParam(name = "Upload-Length", description = "The file's size, in bytes", example = "104857600"),
                @OpenApiParam(
                        name = "Upload-Defer-Length",
                        description = "1 if the size is not known yet",
                        example = "1"),
                @OpenApiParam(
                        name = "Upload-Metadata",
                        description = "Pairs of a name and a value in base64, separated by commas",
                        example = "key cmF3L2RlbW8vYS50eHQ=,filetype dGV4dC9wbGFpbg=="),
                @OpenApiParam(
                        name = "Upload-Concat",
                        description = "partial, or final; followed by the URLs of the partial uploads",
                        example = "partial"),
                @OpenApiParam(
                        name = "Upload-Checksum",
                        description = "A digest of the body",
                        example = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
            },
            requestBody =
                    @OpenApiRequestBody(
                            description = "The first bytes of the file; may be empty",
                            content =
                                    @OpenApiContent(
                                            mimeType = TusHeaders.BODY_TYPE,
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The upload was created; the file is complete if the body was all of it",
                        headers = {
                            @OpenApiParam(
                                    name = "Location",
                                    description = "The upload's URL",
                                    example = Routes.TUS + "/" + ApiDoc.RESUMABLE_ID_EXAMPLE),
                            @OpenApiParam(
                                    name = "X-Object-Key",
                                    description = "The file's key, percent-encoded, once the file is complete",
                                    example = ApiDoc.KEY_EXAMPLE)
                        }),
                @OpenApiResponse(status = "404", description = "A partial upload does not exist"),
                @OpenApiResponse(
                        status = "412",
                        description = "Unsupported version of the protocol, or a condition is not met"),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open uploads"),
                @OpenApiResponse(
                        status = "460",
                        description = "The body does not match the digest; no upload was created")
            })
    void create(Context ctx) throws IOException {
        Concat concat = Concat.parse(TusHeaders.text(ctx, TusHeaders.CONCAT));
        ResumableStatus status = concat.kind() == Concat.Kind.FINAL ? concatenate(ctx, concat) : begin(ctx, concat);
        answer.created(ctx, status);
    }

    private ResumableStatus concatenate(Context ctx, Concat concat) {
        if (TusHeaders.number(ctx, TusHeaders.LENGTH).isPresent()) {
            throw TusHeaders.invalid(TusHeaders.LENGTH, "must not be sent when uploads are concatenated");
        }
        EchoedHeaders echoed = echoed(ctx);
        FileNotes notes = UploadMetadata.parse(echoed.metadata()).notes();
        return uploads.concatenate(
                Caller.of(ctx),
                notes.key(layout),
                notes.attributes(layout),
                concat.partials(),
                echoed.text(),
                conditions(ctx));
    }

    private ResumableStatus begin(Context ctx, Concat concat) throws IOException {
        Principal caller = Caller.of(ctx);
        OptionalLong size = size(ctx);
        boolean body = hasBody(ctx);
        EchoedHeaders echoed = echoed(ctx);
        FileNotes notes = UploadMetadata.parse(echoed.metadata()).notes();
        AppendRequest first = first(ctx);
        boolean append =
                body || size.equals(OptionalLong.of(0)) || !first.expected().isEmpty();
        if (concat.kind() == Concat.Kind.PARTIAL) {
            // A partial upload creates no file that a condition could apply to; the request that concatenates can have
            // one.
            RouteConditions.NONE.check(ctx);
            return append
                    ? uploads.createPartial(caller, size, echoed.text(), first)
                    : uploads.createPartial(caller, size, echoed.text());
        }
        ObjectKey key = notes.key(layout);
        ObjectAttributes attributes = notes.attributes(layout);
        return append
                ? uploads.create(caller, key, attributes, size, echoed.text(), conditions(ctx), first)
                : uploads.create(caller, key, attributes, size, echoed.text(), conditions(ctx));
    }

    private static Preconditions conditions(Context ctx) {
        return WriteConditions.parse(RequestHeaders.of(ctx));
    }

    private static AppendRequest first(Context ctx) {
        return new AppendRequest(
                OptionalLong.of(0),
                OptionalLong.empty(),
                false,
                RequestBody.of(ctx),
                TusHeaders.checksums(ctx),
                Connections.cut(ctx));
    }

    private static OptionalLong size(Context ctx) {
        OptionalLong size = TusHeaders.number(ctx, TusHeaders.LENGTH);
        String deferred = TusHeaders.text(ctx, TusHeaders.DEFER_LENGTH);
        if (!deferred.isEmpty() && !deferred.equals("1")) {
            throw TusHeaders.invalid(TusHeaders.DEFER_LENGTH, "must be 1 when it is sent");
        }
        if (size.isPresent() == deferred.equals("1")) {
            throw TusHeaders.invalid(TusHeaders.LENGTH, "or Upload-Defer-Length: 1 must be sent, but not both");
        }
        return size;
    }

    /** @throws RequestException 415 when there is a body of another type; an empty body may have any type */
    private static boolean hasBody(Context ctx) throws IOException {
        if (TusHeaders.isBody(ctx)) {
            return true;
        }
        if (RequestBody.isPresent(ctx) && new ClientStream(ctx.req()).read() >= 0) {
            throw RequestException.unsupportedMediaType(
                    "Send the first bytes with Content-Type: " + TusHeaders.BODY_TYPE + ", or no body");
        }
        return false;
    }

    private static EchoedHeaders echoed(Context ctx) {
        return new EchoedHeaders(TusHeaders.text(ctx, TusHeaders.METADATA), TusHeaders.text(ctx, TusHeaders.CONCAT));
    }
}
