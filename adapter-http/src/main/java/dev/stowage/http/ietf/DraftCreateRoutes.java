package dev.stowage.http.ietf;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.upload.AppendRequest;
import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Connections;
import dev.stowage.http.exchange.QueryParameters;
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
import io.javalin.openapi.OpenApiOperation;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** Creation of uploads by the draft: with no bytes, the first bytes, or all of them. */
final class DraftCreateRoutes implements RouteGroup {

    private final ResumableUploads uploads;
    private final DraftResponse answer;

    DraftCreateRoutes(ResumableUploads uploads, DraftResponse answer) {
        this.uploads = uploads;
        this.answer = answer;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.options(Routes.RESUMABLE, this::options),
                creation(Route.post(Routes.RESUMABLE, new DraftHandler(this::create))),
                creation(Route.put(Routes.RESUMABLE, new DraftHandler(this::create))));
    }

    private static Route creation(Route route) {
        return route.withBody(RouteBody.FILE)
                .withConditions(RouteConditions.WRITE)
                .withErrors(RouteError.INVALID_KEY, RouteError.INVALID_FILE_EXPIRY, RouteError.TOO_MANY_UPLOADS);
    }

    @OpenApi(
            path = Routes.RESUMABLE,
            methods = HttpMethod.OPTIONS,
            summary = "Get the limits of resumable uploads",
            operationId = "resumableOptions",
            tags = ApiDoc.RESUMABLE,
            responses =
                    @OpenApiResponse(
                            status = "204",
                            description = "The limits",
                            headers =
                                    @OpenApiParam(
                                            name = "Upload-Limit",
                                            description = "The maximum file size, and how long an upload is kept",
                                            example = "max-size=5497558138880, max-age=86400")))
    void options(Context ctx) {
        answer.limits(ctx);
        ctx.header("Accept-Patch", DraftHeaders.BODY_TYPE);
        ctx.status(204);
    }

    @OpenApi(
            path = Routes.RESUMABLE,
            methods = {HttpMethod.POST, HttpMethod.PUT},
            summary = "Create a resumable upload (IETF draft)",
            description =
                    "Follows draft-ietf-httpbis-resumable-upload, interop versions 6 and 8. Content-Type, Cache-Control, Content-Disposition, "
                            + "Content-Encoding, Content-Language and X-Meta-NAME apply to the file. "
                            + "The service does not send 104 (Upload Resumption Supported): start with Upload-Complete: ?0 and an empty body, and continue at Location.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.RESUMABLE,
            queryParams = {
                @OpenApiParam(name = "key", required = true),
                @OpenApiParam(
                        name = ExpiresIn.NAME,
                        type = Long.class,
                        description = ExpiresIn.DESCRIPTION,
                        example = ExpiresIn.EXAMPLE)
            },
            headers = {
                @OpenApiParam(
                        name = "Upload-Complete",
                        description = "?1 if the body is the whole file, which is also the default; ?0 if more follows",
                        example = "?0"),
                @OpenApiParam(name = "Upload-Length", description = "The file's size, in bytes", example = "104857600"),
                @OpenApiParam(name = "Content-Type", description = "The file's media type", example = "text/plain"),
                @OpenApiParam(
                        name = "Repr-Digest",
                        description = "Digests of the whole file (RFC 9530); checked when it is complete",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:"),
                @OpenApiParam(
                        name = "Content-Digest",
                        description = "Digests of the body (RFC 9530)",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:")
            },
            requestBody =
                    @OpenApiRequestBody(
                            description = "The first bytes of the file; may be empty",
                            content =
                                    @OpenApiContent(
                                            mimeType = "application/octet-stream",
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The upload was created; with Upload-Complete: ?1 the file is complete",
                        content = @OpenApiContent(from = DraftResponse.Upload.class)),
                @OpenApiResponse(
                        status = "400",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/problem+json",
                                        type = "object",
                                        example = DraftProblems.INCONSISTENT_LENGTH)),
                @OpenApiResponse(status = "429", description = "Too many requests, or too many open uploads")
            })
    void create(Context ctx) {
        Principal caller = Caller.of(ctx);
        boolean last = DraftHeaders.complete(ctx).orElse(true);
        OptionalLong size = DraftHeaders.size(ctx, 0);
        ObjectAttributes attributes = new ObjectAttributes(
                        MediaTypes.lenient(ctx.req().getHeader("Content-Type")),
                        MetadataHeaders.parse(RequestHeaders.names(ctx), RequestHeaders.of(ctx)),
                        HeaderFields.parse(RequestHeaders.of(ctx)))
                .expiring(ExpiresIn.ofQuery(ctx));
        AppendRequest first = new AppendRequest(
                OptionalLong.of(0),
                OptionalLong.empty(),
                last,
                RequestBody.ofFile(ctx),
                RequestHeaders.digests(ctx).ofContent(),
                Optional.of(RequestHeaders.digests(ctx).ofRepresentation()),
                Connections.cut(ctx));
        ObjectKey key = new ObjectKey(QueryParameters.of(ctx).required("key"));
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        ResumableStatus begun = uploads.create(caller, key, attributes, size, "", conditions);
        answer.created(ctx, append(caller, begun.resumption().id(), first));
    }

    private ResumableStatus append(Principal caller, ResumableId id, AppendRequest first) {
        try {
            return uploads.append(caller, id, first);
        } catch (ChecksumMismatch | NotSupported | PreconditionFailed e) {
            // The client does not know the URL of the upload.
            uploads.terminate(caller, id);
            throw e;
        }
    }
}
