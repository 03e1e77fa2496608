package dev.stowage.http.download;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiOperation;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Download of files. */
public final class DownloadRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/download/{key}";

    private final Downloads downloads;
    private final Redirects redirects;

    public DownloadRoute(Downloads downloads, Redirects redirects) {
        this.downloads = downloads;
        this.redirects = redirects;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::download)
                .withConditions(RouteConditions.READ)
                .withErrors(
                        RouteError.INVALID_KEY,
                        RouteError.FILE_NOT_FOUND,
                        RouteError.CONFLICT,
                        RouteError.RANGE_NOT_SATISFIABLE,
                        RouteError.NOT_SUPPORTED));
    }

    @OpenApi(
            path = PATH,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Download a file",
            description =
                    "Streams the file, or the requested ranges of it. X-Meta-NAME carries the user metadata; non-ASCII values are encoded by RFC 2047.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.FILES,
            pathParams = @OpenApiParam(name = "key", required = true),
            queryParams = {
                @OpenApiParam(
                        name = "disposition",
                        description =
                                "inline to show the file, attachment to save it; by default the file's content_disposition, else attachment",
                        example = "inline"),
                @OpenApiParam(
                        name = "redirect",
                        description =
                                "true to be redirected to a signed URL of the store, false to get the bytes from the service; by default "
                                        + "what the operator has set (DOWNLOAD_MODE). Ignored for HEAD",
                        example = "true")
            },
            headers = {
                @OpenApiParam(
                        name = "Range",
                        description = "One or more byte ranges; ignored for HEAD",
                        example = "bytes=0-99"),
                @OpenApiParam(
                        name = "If-Range",
                        description =
                                "An ETag or date: the ranges are sent only if the file still has it, otherwise all of the file",
                        example = "\"6f5902ac237024bdd0c176cb93063dc4\"")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The whole file",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/octet-stream",
                                        type = "string",
                                        format = "binary"),
                        headers = {
                            @OpenApiParam(
                                    name = "ETag",
                                    description = "The file's ETag",
                                    example = "\"6f5902ac237024bdd0c176cb93063dc4\""),
                            @OpenApiParam(name = "Last-Modified", example = "Sun, 30 Nov 2025 12:00:00 GMT"),
                            @OpenApiParam(
                                    name = "Content-Encoding",
                                    description = "The content coding of the stored file, if any",
                                    example = "gzip"),
                            @OpenApiParam(name = "Content-Language", description = "As stored, if any", example = "de"),
                            @OpenApiParam(
                                    name = "Cache-Control",
                                    description = "As stored, if any",
                                    example = "max-age=3600"),
                            @OpenApiParam(
                                    name = "Content-Disposition",
                                    description =
                                            "With the file name from content_disposition, or the last segment of the key",
                                    example = "attachment; filename=\"a.txt\"")
                        }),
                @OpenApiResponse(
                        status = "206",
                        description = "One range, or several as multipart/byteranges",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/octet-stream",
                                        type = "string",
                                        format = "binary"),
                        headers =
                                @OpenApiParam(
                                        name = "Content-Range",
                                        description = "Present if there is one range",
                                        example = "bytes 0-99/1234")),
                @OpenApiResponse(
                        status = "307",
                        description =
                                "The file is at a signed URL, which needs no credentials. Send Range and If-Range again, but not Authorization",
                        headers =
                                @OpenApiParam(
                                        name = "Location",
                                        description = "The signed URL; treat it as a password until it expires",
                                        example = "https://files.s3.example.com/raw/demo/a.txt?X-Amz-Signature=fe5f80"))
            })
    void download(Context ctx) throws IOException {
        ObjectKey key = PathKey.of(ctx);
        Optional<Disposition> disposition =
                QueryParameters.of(ctx).text("disposition").map(Disposition::parse);
        Function<ObjectInfo, String> shown = info -> FileDisposition.of(disposition, info);
        boolean redirect = QueryParameters.of(ctx).flag("redirect").orElse(redirects.byDefault());
        // The URL is signed for GET only.
        if (redirect && ctx.method().equals(HandlerType.GET)) {
            downloads.redirect(ctx, Caller.of(ctx), key, shown, redirects.expiry());
        } else {
            downloads.answer(ctx, Caller.of(ctx), key, shown);
        }
    }
}
