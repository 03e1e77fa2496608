package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.FormDispatch;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;

/** Upload of parts, as raw bodies; forms go to another handler. */
public final class UploadPartRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/multipart/upload-part";

    private final Uploads uploads;
    private final Handler form;
    private final Json json;

    /** @param form handles requests whose body is a form */
    public UploadPartRoute(Uploads uploads, Handler form, Json json) {
        this.uploads = uploads;
        this.form = form;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.put(PATH, FormDispatch.of(form, this::uploadPart))
                .withBody(RouteBody.FILE)
                .withErrors(
                        RouteError.CHECKSUM_MISMATCH,
                        RouteError.UPLOAD_NOT_FOUND,
                        RouteError.CONFLICT,
                        RouteError.INVALID_PART_NUMBER));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PUT,
            summary = "Upload a part",
            description =
                    "Send the three parameters in the query and the part's bytes as the body, or all four as a form. A part with the same "
                            + "number is replaced.",
            operationId = "uploadPart",
            tags = ApiDoc.MULTIPART,
            queryParams = {
                @OpenApiParam(
                        name = "key",
                        description = "The file's key; required unless sent in a form",
                        example = ApiDoc.KEY_EXAMPLE),
                @OpenApiParam(
                        name = "upload_id",
                        description = ApiDoc.UPLOAD_ID + "; required unless sent in a form",
                        example = ApiDoc.UPLOAD_ID_EXAMPLE),
                @OpenApiParam(
                        name = "part_number",
                        type = Integer.class,
                        description = "1 to 10000; required unless sent in a form",
                        example = "1")
            },
            headers = {
                @OpenApiParam(
                        name = "Content-MD5",
                        description = "MD5 of a raw body in base64",
                        example = "XUFAKrxLKna5cZ2REBfFkg=="),
                @OpenApiParam(
                        name = "Content-Digest",
                        description = "Digests of a raw body (RFC 9530)",
                        example = "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:"),
                @OpenApiParam(
                        name = "x-amz-checksum-sha256",
                        description = "SHA-256 of a raw body in base64; -sha1, -crc32 and -crc32c likewise",
                        example = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")
            },
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = {
                                @OpenApiContent(
                                        mimeType = "application/octet-stream",
                                        type = "string",
                                        format = "binary"),
                                @OpenApiContent(mimeType = "multipart/form-data", from = PartFormSchema.class)
                            }),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = UploadedPart.class))})
    void uploadPart(Context ctx) throws IOException {
        QueryParameters query = QueryParameters.of(ctx);
        UploadParameters upload = UploadParameters.of(query);
        PartNumber number = PartNumber.parse(query.required("part_number"));
        PartInfo part = uploads.putPart(
                Caller.of(ctx),
                upload.key(),
                upload.uploadId(),
                number,
                RequestBody.of(ctx),
                RequestHeaders.digests(ctx).all());
        ctx.header("ETag", part.etag().quoted());
        json.write(ctx, 200, UploadedPart.of(part));
    }
}
