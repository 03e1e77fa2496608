package dev.stowage.http.presign;

import dev.stowage.core.file.Files;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.time.Duration;

/** Signed URLs for single requests. */
public final class PresignRoutes implements RouteGroup {

    private static final String UPLOAD = Routes.FILES + "/presigned-url/upload";
    private static final String DOWNLOAD = Routes.FILES + "/presigned-url/download";
    private static final String PART = Routes.FILES + "/multipart/presign-part";

    private final Files files;
    private final Uploads uploads;
    private final Json json;

    public PresignRoutes(Files files, Uploads uploads, Json json) {
        this.files = files;
        this.uploads = uploads;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(UPLOAD, this::upload)
                        .withBody(RouteBody.JSON)
                        .withErrors(RouteError.INVALID_EXPIRY, RouteError.NOT_SUPPORTED),
                Route.post(DOWNLOAD, this::download)
                        .withBody(RouteBody.JSON)
                        .withErrors(RouteError.INVALID_EXPIRY, RouteError.NOT_SUPPORTED),
                Route.post(PART, this::part)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_EXPIRY,
                                RouteError.UPLOAD_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.NOT_SUPPORTED,
                                RouteError.INVALID_PART_NUMBER));
    }

    @OpenApi(
            path = UPLOAD,
            methods = HttpMethod.POST,
            summary = "Sign a URL for uploading a file",
            description =
                    "Anyone with the URL can PUT the file until it expires, with the returned headers and without credentials. The "
                            + "service does not limit its size.",
            operationId = "presignUpload",
            tags = ApiDoc.PRESIGNED,
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(from = PresignedUpload.Request.class)),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = PresignedUpload.Response.class))
            })
    void upload(Context ctx) throws IOException {
        PresignedUpload.Request request = json.read(ctx, PresignedUpload.Request.class);
        long expiresIn = Expiry.seconds(request.expiresIn());
        UrlGrant.Upload grant = request.grant();
        SignedUrl url = files.sign(Caller.of(ctx), grant, Duration.ofSeconds(expiresIn));
        json.write(
                ctx,
                200,
                new PresignedUpload.Response(
                        PublicAddress.complete(ctx, url.url()), grant.key().value(), expiresIn, "PUT", url.headers()));
    }

    @OpenApi(
            path = DOWNLOAD,
            methods = HttpMethod.POST,
            summary = "Sign a URL for downloading a file",
            description = "The file need not exist yet.",
            operationId = "presignDownload",
            tags = ApiDoc.PRESIGNED,
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(from = PresignedDownload.Request.class)),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = PresignedDownload.Response.class))
            })
    void download(Context ctx) throws IOException {
        PresignedDownload.Request request = json.read(ctx, PresignedDownload.Request.class);
        long expiresIn = Expiry.seconds(request.expiresIn());
        UrlGrant.Download grant = request.grant();
        SignedUrl url = files.sign(Caller.of(ctx), grant, Duration.ofSeconds(expiresIn));
        json.write(
                ctx,
                200,
                new PresignedDownload.Response(
                        PublicAddress.complete(ctx, url.url()), grant.key().value(), expiresIn, "GET", url.headers()));
    }

    @OpenApi(
            path = PART,
            methods = HttpMethod.POST,
            summary = "Sign a URL for uploading a part",
            description =
                    "Anyone with the URL can PUT the part until it expires; the ETag of the response is the part's ETag.",
            operationId = "presignPart",
            tags = ApiDoc.MULTIPART,
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = PresignedPart.Request.class)),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = PresignedPart.Response.class))
            })
    void part(Context ctx) throws IOException {
        PresignedPart.Request request = json.read(ctx, PresignedPart.Request.class);
        long expiresIn = Expiry.seconds(request.expiresIn());
        UrlGrant.UploadPart grant = request.grant();
        SignedUrl url = uploads.signPart(Caller.of(ctx), grant, Duration.ofSeconds(expiresIn));
        json.write(
                ctx,
                200,
                new PresignedPart.Response(
                        PublicAddress.complete(ctx, url.url()),
                        grant.key().value(),
                        grant.upload().value(),
                        grant.number().value(),
                        expiresIn,
                        "PUT",
                        url.headers()));
    }
}
