package dev.stowage.http.ietf;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.upload.AppendRequest;
import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Connections;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** The draft's routes of an existing upload: fetching its offset, appending, terminating. */
final class DraftUploadRoutes implements RouteGroup {

    private static final String PATH = Routes.RESUMABLE + "/{id}";

    private final ResumableUploads uploads;
    private final DraftResponse answer;

    DraftUploadRoutes(ResumableUploads uploads, DraftResponse answer) {
        this.uploads = uploads;
        this.answer = answer;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.head(PATH, new DraftHandler(this::head))
                        .withErrors(RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND),
                Route.patch(PATH, new DraftHandler(this::patch))
                        .withBody(RouteBody.FILE)
                        .withErrors(RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND, RouteError.CONFLICT),
                Route.delete(PATH, new DraftHandler(this::delete))
                        .withErrors(RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.HEAD,
            summary = "Get the offset of an upload (IETF draft)",
            description =
                    "Cuts off a running request that is sending bytes for this upload, since the client has evidently lost it.",
            operationId = "resumableHead",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(
                        status = "204",
                        description =
                                "The offset, the size if it is known, whether the upload is complete, and its limits"),
                @OpenApiResponse(status = "400", description = "A header field is malformed"),
                @OpenApiResponse(status = "404", description = "No such upload, or it was terminated")
            })
    void head(Context ctx) {
        ResumableStatus status = uploads.get(Caller.of(ctx), id(ctx));
        answer.state(ctx, status);
        status.size().ifPresent(size -> ctx.header(DraftHeaders.LENGTH, Long.toString(size)));
        ctx.header("Cache-Control", "no-store");
        ctx.status(204);
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PATCH,
            summary = "Append to an upload (IETF draft)",
            operationId = "resumablePatch",
            description =
                    "The bytes are durably stored when the response is sent. If the connection breaks, the bytes received so far are kept.",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = {
                @OpenApiParam(
                        name = "Upload-Offset",
                        required = true,
                        description = "The position of the first byte; must equal the offset of the upload",
                        example = "0"),
                @OpenApiParam(
                        name = "Upload-Complete",
                        required = true,
                        description = "?1 if the file ends with this body",
                        example = "?1"),
                @OpenApiParam(name = "Upload-Length", description = "The file's size, in bytes", example = "104857600"),
                @OpenApiParam(
                        name = "Repr-Digest",
                        description = "Digests of the whole file (RFC 9530); checked when it is complete",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:"),
                @OpenApiParam(
                        name = "Content-Digest",
                        description = "Digests of the body (RFC 9530); if one does not match, nothing is kept",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:")
            },
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The bytes",
                            content =
                                    @OpenApiContent(
                                            mimeType = DraftHeaders.BODY_TYPE,
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file is complete",
                        content = @OpenApiContent(from = DraftResponse.Upload.class)),
                @OpenApiResponse(status = "204", description = "The bytes are stored; the file is not complete"),
                @OpenApiResponse(
                        status = "400",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/problem+json",
                                        type = "object",
                                        example = DraftProblems.INCONSISTENT_LENGTH)),
                @OpenApiResponse(
                        status = "409",
                        description = "The upload has another offset, or another request took it over",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/problem+json",
                                        type = "object",
                                        example = DraftProblems.MISMATCHING_OFFSET))
            })
    void patch(Context ctx) {
        if (!DraftHeaders.isAppend(ctx)) {
            throw RequestException.unsupportedMediaType("Send the bytes with Content-Type: " + DraftHeaders.BODY_TYPE);
        }
        long offset = DraftHeaders.number(ctx, DraftHeaders.OFFSET)
                .orElseThrow(() -> missing(DraftHeaders.OFFSET, "a number"));
        boolean last = DraftHeaders.complete(ctx).orElseThrow(() -> missing(DraftHeaders.COMPLETE, "?0 or ?1"));
        AppendRequest append = new AppendRequest(
                OptionalLong.of(offset),
                DraftHeaders.size(ctx, offset),
                last,
                RequestBody.of(ctx),
                RequestHeaders.digests(ctx).ofContent(),
                Optional.of(RequestHeaders.digests(ctx).ofRepresentation()),
                Connections.cut(ctx));
        answer.appended(ctx, append(Caller.of(ctx), id(ctx), append));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.DELETE,
            summary = "Terminate an upload (IETF draft)",
            operationId = "resumableDelete",
            description = "Frees the bytes of the upload. The file of a complete upload is kept.",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204", description = "The upload is terminated")})
    void delete(Context ctx) {
        uploads.terminate(Caller.of(ctx), id(ctx));
        ctx.status(204);
    }

    /** Appends, and terminates the upload if it received too many bytes or its digest does not match, as the draft requires. */
    private ResumableStatus append(Principal caller, ResumableId id, AppendRequest append) {
        try {
            return uploads.append(caller, id, append);
        } catch (ChecksumMismatch e) {
            if (e.isOfFile()) {
                uploads.terminate(caller, id);
            }
            throw e;
        } catch (InvalidInput e) {
            if (e.code() != ErrorCode.PAYLOAD_TOO_LARGE) {
                throw e;
            }
            if (uploads.get(caller, id).isComplete()) {
                throw DraftProblems.completedUpload();
            }
            uploads.terminate(caller, id);
            throw e;
        }
    }

    private static ResumableId id(Context ctx) {
        return new ResumableId(ctx.pathParam("id"));
    }

    private static InvalidInput missing(String field, String what) {
        return InvalidInput.ofField(field, field + " must be " + what);
    }
}
