package dev.stowage.http.link;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.link.OpenLink;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.AcceptHeader;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.form.SharedForm;
import dev.stowage.http.link.LinkContents.LinkFile;
import dev.stowage.http.metadata.ExpiresIn;
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
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Links for everyone who has one: pages for people, and bytes for programs. */
final class OpenLinkRoutes implements RouteGroup {

    private static final String LINK = Routes.OPEN_LINKS + "{token}";
    private static final String FILE = LINK + "/{key}";
    private static final String TOKEN = "From the URL; it is secret";
    private static final String TOKEN_EXAMPLE = "k3x9m2q7ah4dk3x9m2q7ah4dk3x9m2q7";
    private static final String NAME = "The name of the file below the link; the rest of the path";
    private static final String BINARY = "application/octet-stream";

    private final LinkAccess access;
    private final Files files;
    private final LinkDownload download;
    private final LinkUpload upload;
    private final Json json;

    OpenLinkRoutes(LinkAccess access, Files files, LinkDownload download, LinkUpload upload, Json json) {
        this.access = access;
        this.files = files;
        this.download = download;
        this.upload = upload;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        Route get = Route.get(LINK, this::visit)
                .withAccess(RouteAccess.SIGNED_URL)
                .withConditions(RouteConditions.READ)
                .withErrors(
                        RouteError.LINK_ENDED,
                        RouteError.FILE_NOT_FOUND,
                        RouteError.PASSWORD_REQUIRED,
                        RouteError.INVALID_REQUEST,
                        RouteError.TOO_MANY_FILES,
                        RouteError.CONFLICT,
                        RouteError.RANGE_NOT_SATISFIABLE);
        RouteError[] uploadErrors = {
            RouteError.LINK_ENDED,
            RouteError.PASSWORD_REQUIRED,
            RouteError.INVALID_REQUEST,
            RouteError.METHOD_NOT_ALLOWED,
            RouteError.NAME_TAKEN,
            RouteError.NOT_SUPPORTED
        };
        routes.add(
                get,
                new Route(
                        get.method(), FILE, this::visitFile, get.access(), get.body(), get.conditions(), get.errors()),
                Route.post(LINK, this::send)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withBody(RouteBody.FILE)
                        .withErrors(uploadErrors),
                Route.put(LINK, this::put)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withBody(RouteBody.FILE)
                        .withErrors(uploadErrors),
                Route.put(FILE, this::putFile)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withBody(RouteBody.FILE)
                        .withErrors(uploadErrors));
    }

    @OpenApi(
            path = LINK,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Open a link",
            description =
                    "For browsers, which accept text/html, a page. For programs the file, or for a folder a ZIP of all its files, or with Accept: "
                            + "application/json a list of them. Each download is a use of the link; HEAD, pages and lists are not, nor is a range that continues "
                            + "an interrupted download. A password is sent by Basic authentication.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.LINKS,
            pathParams = @OpenApiParam(name = "token", required = true, description = TOKEN, example = TOKEN_EXAMPLE),
            queryParams = {
                @OpenApiParam(
                        name = "download",
                        description = "true for the bytes of the file, whatever the client accepts",
                        example = "true"),
                @OpenApiParam(
                        name = "zip",
                        description = "true for a ZIP, whatever the client accepts",
                        example = "true"),
                @OpenApiParam(
                        name = "folder",
                        description = "Only what is in this folder below the link, with a slash at the end",
                        example = "photos/"),
                @OpenApiParam(name = "after", description = "next of the previous page of the list", example = "z.txt")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file, the ZIP, the list or the page",
                        content = {
                            @OpenApiContent(mimeType = BINARY, type = "string", format = "binary"),
                            @OpenApiContent(from = LinkContents.class),
                            @OpenApiContent(mimeType = "text/html", type = "string", example = "<!doctype html>")
                        }),
                @OpenApiResponse(
                        status = "206",
                        description = "The requested range",
                        content = @OpenApiContent(mimeType = BINARY, type = "string", format = "binary"))
            })
    void visit(Context ctx) throws IOException {
        LinkAccess.prepare(ctx);
        OpenLink open = access.open(ctx);
        if (!access.isAdmitted(ctx, open)) {
            if (!LinkAccess.isPerson(ctx)) {
                throw LinkAccess.passwordRequired();
            }
            LinkPage.password(ctx, false);
            return;
        }
        QueryParameters query = QueryParameters.of(ctx);
        boolean page = LinkAccess.isPerson(ctx)
                && !query.flag("download").orElse(false)
                && !query.flag("zip").orElse(false);
        if (open.link().target().action() == Action.WRITE) {
            showUpload(ctx, open, page);
        } else if (open.link().target() instanceof LinkTarget.OneFile file) {
            showFile(ctx, open, file.key(), page);
        } else if (open.link().target() instanceof LinkTarget.Folder folder) {
            showFolder(ctx, open, folder.prefix(), query, page);
        }
    }

    private void showUpload(Context ctx, OpenLink open, boolean page) {
        if (page) {
            LinkPage.dropBox(
                    ctx,
                    open,
                    open.link().target() instanceof LinkTarget.OneFile file
                            ? Optional.of(file.key().filename())
                            : Optional.empty());
        } else {
            json.write(ctx.header("Vary", "Accept"), 200, LinkContents.upload(open.link()));
        }
    }

    private void showFile(Context ctx, OpenLink open, ObjectKey key, boolean page) throws IOException {
        if (page) {
            LinkPage.file(ctx, open, files.stat(open.bearer(), key).orElseThrow(() -> NotFound.file(key.filename())));
        } else {
            download.file(ctx.header("Vary", "Accept"), open, key, key.filename());
        }
    }

    private void showFolder(Context ctx, OpenLink open, KeyPrefix prefix, QueryParameters query, boolean page)
            throws IOException {
        String folder = query.text("folder").orElse("");
        if (page) {
            LinkPage.folder(ctx, open, listing(open, prefix, folder, query.text("after")));
        } else if (AcceptHeader.names(ctx, "application/json")) {
            LinkListing listing = listing(open, prefix, folder, query.text("after"));
            json.write(ctx.header("Vary", "Accept"), 200, LinkContents.download(open.link(), listing));
        } else {
            download.archive(ctx.header("Vary", "Accept"), open, prefix, folder);
        }
    }

    private LinkListing listing(OpenLink open, KeyPrefix prefix, String folder, Optional<String> after) {
        try {
            return LinkListing.of(files, open.bearer(), prefix, folder, after);
        } catch (StorageException e) {
            throw new LinkFailures().shown(e, open.link(), folder);
        }
    }

    @OpenApi(
            path = FILE,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Download a file below a link",
            description = "A use of the link, like the download of its only file.",
            operationId = OpenApiOperation.AUTO_GENERATE,
            tags = ApiDoc.LINKS,
            pathParams = {
                @OpenApiParam(name = "token", required = true, description = TOKEN, example = TOKEN_EXAMPLE),
                @OpenApiParam(name = "key", required = true, description = NAME, example = "photos/a.jpg")
            },
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file's bytes",
                        content = @OpenApiContent(mimeType = BINARY, type = "string", format = "binary")),
                @OpenApiResponse(
                        status = "206",
                        description = "The requested ranges",
                        content = @OpenApiContent(mimeType = BINARY, type = "string", format = "binary"))
            })
    void visitFile(Context ctx) throws IOException {
        LinkAccess.prepare(ctx);
        OpenLink open = access.enter(ctx);
        String name = name(ctx);
        if (open.link().target() instanceof LinkTarget.Folder folder
                && folder.action() == Action.READ
                && !name.isEmpty()) {
            download.file(ctx, open, new ObjectKey(folder.text() + name), name);
        } else {
            throw NotFound.file(name);
        }
    }

    @OpenApi(
            path = LINK,
            methods = HttpMethod.POST,
            summary = "Send files to a link",
            description =
                    "As a form whose parts named file have file names. Each is a use of the link. A file never replaces another one: the first whose name is "
                            + "taken ends the request, and those before it are kept. A form of type application/x-www-form-urlencoded is the password, for which browsers get a cookie.",
            operationId = "sendToLink",
            tags = ApiDoc.LINKS,
            pathParams = @OpenApiParam(name = "token", required = true, description = TOKEN, example = TOKEN_EXAMPLE),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = {
                                @OpenApiContent(mimeType = "multipart/form-data", from = LinkFormSchema.class),
                                @OpenApiContent(
                                        mimeType = "application/x-www-form-urlencoded",
                                        from = LinkFormSchema.Password.class)
                            }),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The files are stored",
                        content = @OpenApiContent(from = LinkContents.Received.class)),
                @OpenApiResponse(status = "303", description = "The password was right; the link is at Location")
            })
    void send(Context ctx) throws IOException {
        LinkAccess.prepare(ctx);
        if (SharedForm.isPassword(ctx)) {
            OpenLink open = access.open(ctx);
            if (access.admit(ctx, open, SharedForm.password(ctx))) {
                // Relative to the URL of the link.
                ctx.status(303).header("Location", Html.query(ctx.pathParam("token")));
            } else {
                LinkPage.password(ctx, true);
            }
            return;
        }
        OpenLink open = enterUpload(ctx);
        List<LinkFile> stored = upload.form(ctx, open);
        if (LinkAccess.isPerson(ctx)) {
            LinkPage.received(ctx, stored.stream().map(LinkFile::name).toList());
        } else {
            json.write(ctx, 201, new LinkContents.Received(stored));
        }
    }

    @OpenApi(
            path = LINK,
            methods = HttpMethod.PUT,
            summary = "Send the file of a link",
            description = "To a link to one file. The file must not exist yet.",
            operationId = "putLink",
            tags = ApiDoc.LINKS,
            pathParams = @OpenApiParam(name = "token", required = true, description = TOKEN, example = TOKEN_EXAMPLE),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The file's bytes",
                            content = @OpenApiContent(mimeType = BINARY, type = "string", format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The file is stored",
                        content = @OpenApiContent(from = LinkContents.Received.class))
            })
    void put(Context ctx) {
        LinkAccess.prepare(ctx);
        OpenLink open = enterUpload(ctx);
        if (open.link().target() instanceof LinkTarget.OneFile file) {
            receive(ctx, open, file.key().filename());
        } else {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The link leads to a folder; add a slash and the name of the file to its URL");
        }
    }

    @OpenApi(
            path = FILE,
            methods = HttpMethod.PUT,
            summary = "Send a file to a folder of a link",
            description = "A use of the link. There must be no file with the name yet.",
            operationId = "putLinkFile",
            tags = ApiDoc.LINKS,
            pathParams = {
                @OpenApiParam(name = "token", required = true, description = TOKEN, example = TOKEN_EXAMPLE),
                @OpenApiParam(name = "key", required = true, description = NAME, example = "photos/a.jpg")
            },
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The file's bytes",
                            content = @OpenApiContent(mimeType = BINARY, type = "string", format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "The file is stored",
                        content = @OpenApiContent(from = LinkContents.Received.class))
            })
    void putFile(Context ctx) {
        LinkAccess.prepare(ctx);
        OpenLink open = enterUpload(ctx);
        if (open.link().target() instanceof LinkTarget.OneFile) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The link is for one file; send it to the URL of the link without a name");
        }
        receive(ctx, open, name(ctx));
    }

    private void receive(Context ctx, OpenLink open, String name) {
        json.write(ctx, 201, new LinkContents.Received(List.of(upload.body(ctx, open, name))));
    }

    private OpenLink enterUpload(Context ctx) {
        OpenLink open = access.enter(ctx);
        if (open.link().target().action() != Action.WRITE) {
            throw RequestException.methodNotAllowed(ctx.req().getMethod(), "GET, HEAD");
        }
        if (QueryParameters.of(ctx).asMap().containsKey(ExpiresIn.NAME)) {
            throw refused(ExpiresIn.NAME);
        }
        for (String header : RequestHeaders.names(ctx)) {
            if (MetadataHeaders.isMetadata(header)
                    || header.equalsIgnoreCase(HeaderAttribute.CONTENT_DISPOSITION.header())
                    || header.equalsIgnoreCase(HeaderAttribute.CONTENT_LANGUAGE.header())) {
                throw refused(header);
            }
        }
        return open;
    }

    /** Senders choose the name, type and bytes of a file, and nothing else. */
    private static InvalidInput refused(String field) {
        return InvalidInput.ofField(field, "A file that is sent to a link can't have " + field + "; send it without");
    }

    private static String name(Context ctx) {
        return PathKey.text(ctx);
    }
}
