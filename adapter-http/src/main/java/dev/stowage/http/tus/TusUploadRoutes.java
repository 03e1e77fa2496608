package dev.stowage.http.tus;

import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.upload.AppendRequest;
import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.core.upload.ResumableUploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Connections;
import dev.stowage.http.exchange.RequestBody;
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
import java.util.OptionalLong;

/** The routes of an existing upload: fetching its offset, appending, terminating. */
final class TusUploadRoutes implements RouteGroup {

    private static final String PATH = Routes.TUS + "/{id}";

    private final ResumableUploads uploads;
    private final TusResponse answer;

    TusUploadRoutes(ResumableUploads uploads, TusResponse answer) {
        this.uploads = uploads;
        this.answer = answer;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.head(PATH, new TusHandler(this::head))
                        .withErrors(
                                RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND, RouteError.PRECONDITION_FAILED),
                Route.patch(PATH, new TusHandler(this::patch))
                        .withBody(RouteBody.FILE)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.UPLOAD_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.PRECONDITION_FAILED,
                                RouteError.TUS_CHECKSUM_MISMATCH),
                Route.delete(PATH, new TusHandler(this::delete))
                        .withErrors(
                                RouteError.INVALID_KEY, RouteError.UPLOAD_NOT_FOUND, RouteError.PRECONDITION_FAILED));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.HEAD,
            summary = "Get the offset of an upload (tus)",
            description =
                    "Cuts off a running request that is sending bytes for this upload, since the client has evidently lost it.",
            operationId = "tusHead",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = @OpenApiParam(name = "Tus-Resumable", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The offset, the size if it is known, the metadata, and when the upload expires",
                        headers = {
                            @OpenApiParam(name = "Upload-Offset", description = "In bytes", example = "8388608"),
                            @OpenApiParam(name = "Upload-Length", description = "In bytes", example = "104857600"),
                            @OpenApiParam(
                                    name = "Upload-Expires",
                                    description = "When the upload expires unless more bytes arrive",
                                    example = "Mon, 01 Dec 2025 12:00:00 GMT")
                        }),
                @OpenApiResponse(status = "400", description = "A header field is malformed"),
                @OpenApiResponse(status = "404", description = "No such upload, or it was terminated"),
                @OpenApiResponse(status = "412", description = "Unsupported version of the protocol")
            })
    void head(Context ctx) {
        ResumableStatus status = uploads.get(Caller.of(ctx), id(ctx));
        answer.progress(ctx, status);
        answer.description(ctx, status);
        ctx.header("Cache-Control", "no-store");
        ctx.status(200);
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PATCH,
            summary = "Append to an upload (tus)",
            description =
                    "The bytes are durably stored when the response is sent. If the connection breaks, the bytes received so far are kept. "
                            + "A POST with X-HTTP-Method-Override: PATCH does the same.",
            operationId = "tusPatch",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = {
                @OpenApiParam(name = "Tus-Resumable", required = true),
                @OpenApiParam(
                        name = "Upload-Offset",
                        required = true,
                        description = "The position of the first byte; must equal the offset of the upload",
                        example = "0"),
                @OpenApiParam(
                        name = "Upload-Length",
                        description = "The file's size, if it was deferred",
                        example = "104857600"),
                @OpenApiParam(
                        name = "Upload-Checksum",
                        description = "A digest of the body; if it does not match, nothing is kept",
                        example = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
            },
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The bytes",
                            content =
                                    @OpenApiContent(
                                            mimeType = TusHeaders.BODY_TYPE,
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "204",
                        description = "The bytes are stored; the file is complete if they were the last",
                        headers = {
                            @OpenApiParam(name = "Upload-Offset", description = "In bytes", example = "8388608"),
                            @OpenApiParam(
                                    name = "X-Object-Key",
                                    description = "The file's key, percent-encoded, once the file is complete",
                                    example = ApiDoc.KEY_EXAMPLE)
                        }),
                @OpenApiResponse(
                        status = "409",
                        description = "The upload has another offset, or another request took it over"),
                @OpenApiResponse(status = "412", description = "Unsupported version of the protocol"),
                @OpenApiResponse(status = "460", description = "The body does not match the digest; nothing is kept")
            })
    void patch(Context ctx) {
        if (!TusHeaders.isBody(ctx)) {
            throw RequestException.unsupportedMediaType("Send the bytes with Content-Type: " + TusHeaders.BODY_TYPE);
        }
        AppendRequest append = new AppendRequest(
                OptionalLong.of(TusHeaders.required(ctx, TusHeaders.OFFSET)),
                TusHeaders.number(ctx, TusHeaders.LENGTH),
                false,
                RequestBody.of(ctx),
                TusHeaders.checksums(ctx),
                Connections.cut(ctx));
        answer.progress(ctx, uploads.append(Caller.of(ctx), id(ctx), append));
        ctx.status(204);
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.DELETE,
            summary = "Terminate an upload (tus)",
            description = "Frees the bytes of the upload. The file of a complete upload is kept.",
            operationId = "tusDelete",
            tags = ApiDoc.RESUMABLE,
            pathParams = @OpenApiParam(name = "id", required = true),
            headers = @OpenApiParam(name = "Tus-Resumable", required = true),
            responses = {
                @OpenApiResponse(status = "204", description = "The upload is terminated"),
                @OpenApiResponse(status = "412", description = "Unsupported version of the protocol")
            })
    void delete(Context ctx) {
        uploads.terminate(Caller.of(ctx), id(ctx));
        ctx.status(204);
    }

    private static ResumableId id(Context ctx) {
        return new ResumableId(ctx.pathParam("id"));
    }
}
