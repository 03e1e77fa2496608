package dev.stowage.http.download;

import dev.stowage.core.access.Principal;
import dev.stowage.core.archive.Archives;
import dev.stowage.core.config.Secret;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.http.access.Caller;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiOperation;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.Optional;

/** Archives that are created while they are downloaded. */
public final class ArchiveRoutes implements RouteGroup {

    private static final String PATH = Routes.FILES + "/archive";
    private static final String SHARED = Routes.API + "archives";
    /** In the query, because paths are logged. */
    private static final String TOKEN = "token";

    private final Archives archives;
    private final ArchiveDownload download;
    private final Json json;

    public ArchiveRoutes(Archives archives, ArchiveDownload download, Json json) {
        this.archives = archives;
        this.download = download;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(PATH, this::get)
                        .withConditions(RouteConditions.TAGS)
                        .withErrors(
                                RouteError.TOO_MANY_FILES,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.ARCHIVE_CONFLICT,
                                RouteError.RANGE_NOT_SATISFIABLE),
                Route.post(PATH, this::share)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.TOO_MANY_FILES,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.TOO_MANY_ARCHIVES,
                                RouteError.STORAGE_FULL),
                Route.get(SHARED, this::getShared)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withConditions(RouteConditions.TAGS)
                        .withErrors(
                                RouteError.TOO_MANY_FILES,
                                RouteError.ARCHIVE_NOT_FOUND,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.ARCHIVE_CONFLICT,
                                RouteError.RANGE_NOT_SATISFIABLE));
    }

    @OpenApi(
            path = PATH,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Download the files under a prefix as a ZIP",
            description =
                    "Created while it is sent, of at most 1000000 files, without compression. The ETag depends on the keys, sizes, ETags and times of all "
                            + "files; with If-Range, a broken download continues if nothing has changed. Several ranges are answered with the whole archive.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.FILES,
            queryParams = {
                @OpenApiParam(
                        name = "prefix",
                        required = true,
                        description =
                                "The files whose keys begin with this prefix; the empty prefix stands for all files",
                        example = "raw/demo/"),
                @OpenApiParam(
                        name = "strip_prefix",
                        description = "The names of the entries are the keys without this prefix",
                        example = "raw/"),
                @OpenApiParam(
                        name = "name",
                        description =
                                "The name of the file that browsers save; by default the last folder of the prefix",
                        example = "demo.zip")
            },
            headers = {
                @OpenApiParam(
                        name = "Range",
                        description = "One byte range; ignored for HEAD",
                        example = "bytes=1000-"),
                @OpenApiParam(
                        name = "If-Range",
                        description =
                                "An ETag: the range is sent only if the archive still has it, otherwise all of it",
                        example = "\"6f5902ac237024bdd0c176cb93063dc4\"")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The whole archive",
                        content = @OpenApiContent(mimeType = "application/zip", type = "string", format = "binary"),
                        headers = {
                            @OpenApiParam(
                                    name = "ETag",
                                    description = "Of the archive",
                                    example = "\"6f5902ac237024bdd0c176cb93063dc4\""),
                            @OpenApiParam(
                                    name = "X-Unaddressable",
                                    description =
                                            "The number of objects that are left out because no request can name them, if any",
                                    example = "1")
                        }),
                @OpenApiResponse(
                        status = "206",
                        description = "The requested range",
                        content = @OpenApiContent(mimeType = "application/zip", type = "string", format = "binary"),
                        headers =
                                @OpenApiParam(
                                        name = "Content-Range",
                                        description = "The range",
                                        example = "bytes 1000-1233/1234"))
            })
    void get(Context ctx) throws IOException {
        QueryParameters query = QueryParameters.of(ctx);
        String prefix =
                query.asMap().containsKey("prefix") ? query.text("prefix").orElse("") : query.required("prefix");
        ArchiveSelection selection = ArchiveSelection.of(
                new KeyPrefix(prefix), new KeyPrefix(query.text("strip_prefix").orElse("")));
        String name = ArchiveName.of(query.text("name"), selection);
        Principal caller = Caller.of(ctx);
        download.answer(ctx, () -> new Archives.Named(name, archives.open(caller, selection)));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.POST,
            summary = "Request an archive of files and prefixes",
            description =
                    "Responds with the URL of the archive, which is good for an hour, for everyone who has it. The archive is fixed: when one of its files "
                            + "changes, the URL answers 409.",
            operationId = "requestArchive",
            tags = ApiDoc.FILES,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = ArchiveRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "303",
                        description = "The archive is at the URL in Location, which needs no credentials",
                        headers =
                                @OpenApiParam(
                                        name = "Location",
                                        description = "The URL; treat it as a password until it expires",
                                        example = "/api/v1/archives?token=k3x9m2q7ah4dk3x9m2q7ah4dk3x9m2q7"))
            })
    void share(Context ctx) throws IOException {
        ArchiveRequest request = json.read(ctx, ArchiveRequest.class);
        ArchiveSelection selection = request.selection();
        String name = ArchiveName.of(Optional.ofNullable(request.name()), selection);
        Secret token = archives.share(Caller.of(ctx), selection, name);
        // The URL is a secret, and expires.
        ctx.header("Location", PublicAddress.path(ctx, SHARED + "?" + TOKEN + "=" + token.value()))
                .header("Cache-Control", "no-store")
                .status(HttpStatus.SEE_OTHER);
    }

    @OpenApi(
            path = SHARED,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Download a requested archive",
            description =
                    "By the URL that a request for an archive responded with. Acts with the rights of who requested it, as they are now.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.FILES,
            queryParams =
                    @OpenApiParam(
                            name = TOKEN,
                            required = true,
                            description = "From the URL; it is secret",
                            example = "k3x9m2q7ah4dk3x9m2q7ah4dk3x9m2q7"),
            headers = {
                @OpenApiParam(
                        name = "Range",
                        description = "One byte range; ignored for HEAD",
                        example = "bytes=1000-"),
                @OpenApiParam(
                        name = "If-Range",
                        description =
                                "An ETag: the range is sent only if the archive still has it, otherwise all of it",
                        example = "\"6f5902ac237024bdd0c176cb93063dc4\"")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The whole archive",
                        content = @OpenApiContent(mimeType = "application/zip", type = "string", format = "binary"),
                        headers =
                                @OpenApiParam(
                                        name = "ETag",
                                        description = "Of the archive",
                                        example = "\"6f5902ac237024bdd0c176cb93063dc4\"")),
                @OpenApiResponse(
                        status = "206",
                        description = "The requested range",
                        content = @OpenApiContent(mimeType = "application/zip", type = "string", format = "binary"),
                        headers =
                                @OpenApiParam(
                                        name = "Content-Range",
                                        description = "The range",
                                        example = "bytes 1000-1233/1234"))
            })
    void getShared(Context ctx) throws IOException {
        Secret token = new Secret(QueryParameters.of(ctx).required(TOKEN));
        download.answer(ctx, () -> archives.open(token));
    }
}
