package dev.stowage.http.signed;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.download.DispositionHeader;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.download.FileDisposition;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.PathKey;
import dev.stowage.http.exchange.QueryParameters;
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
import java.util.Map;
import java.util.Optional;

/** The service's own signed URLs, for stores that do not sign URLs themselves: a URL permits one request for a limited time. */
public final class SignedRoutes implements RouteGroup {

    private static final String PATH = UrlVerifier.PATH + "{key}";

    private final Optional<UrlVerifier> verifier;
    private final AccessPolicy access;
    private final Downloads downloads;
    private final SignedUploads uploads;

    public SignedRoutes(
            Optional<UrlVerifier> verifier, AccessPolicy access, Downloads downloads, SignedUploads uploads) {
        this.access = access;
        this.verifier = verifier;
        this.downloads = downloads;
        this.uploads = uploads;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(PATH, this::read)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withConditions(RouteConditions.READ)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.RANGE_NOT_SATISFIABLE,
                                RouteError.NOT_SUPPORTED,
                                RouteError.STORAGE_FULL),
                Route.put(PATH, this::write)
                        .withBody(RouteBody.FILE)
                        .withAccess(RouteAccess.SIGNED_URL)
                        .withConditions(RouteConditions.WRITE)
                        .withErrors(
                                RouteError.INVALID_KEY,
                                RouteError.FILE_NOT_FOUND,
                                RouteError.CONFLICT,
                                RouteError.INVALID_PART_NUMBER));
    }

    @OpenApi(
            path = PATH,
            methods = {HttpMethod.GET, HttpMethod.HEAD},
            summary = "Download a file by a signed URL",
            operationId = OpenApiOperation.AUTO_GENERATE,
            description = "Responds like the download. Valid for the signed method, key and time only.",
            tags = ApiDoc.PRESIGNED,
            pathParams = @OpenApiParam(name = "key", required = true),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file's bytes",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/octet-stream",
                                        type = "string",
                                        format = "binary"),
                        headers =
                                @OpenApiParam(
                                        name = "ETag",
                                        description = "The file's ETag",
                                        example = "\"6f5902ac237024bdd0c176cb93063dc4\"")),
                @OpenApiResponse(
                        status = "206",
                        description = "The requested ranges",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/octet-stream",
                                        type = "string",
                                        format = "binary"))
            })
    void read(Context ctx) throws IOException {
        serve(ctx);
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PUT,
            summary = "Upload a file or a part by a signed URL",
            operationId = "putSigned",
            description = "Valid for the signed key and time, and the signed content type or part number, only.",
            tags = ApiDoc.PRESIGNED,
            pathParams = @OpenApiParam(name = "key", required = true),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            description = "The bytes",
                            content =
                                    @OpenApiContent(
                                            mimeType = "application/octet-stream",
                                            type = "string",
                                            format = "binary")),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The file or part is stored; the response has no body",
                        headers =
                                @OpenApiParam(
                                        name = "ETag",
                                        description = "The ETag of the file or part",
                                        example = "\"6f5902ac237024bdd0c176cb93063dc4\""))
            })
    void write(Context ctx) throws IOException {
        serve(ctx);
    }

    private UrlGrant verify(UrlVerifier here, Context ctx) {
        String key = PathKey.text(ctx);
        try {
            QueryParameters query = QueryParameters.of(ctx);
            if (query.hasRepeated()) {
                throw new AccessDenied("The signed URL has a parameter twice; use the URL exactly as it was issued");
            }
            return here.verify(ctx.req().getMethod(), key, query.asMap());
        } catch (AccessDenied e) {
            access.record(new AuditEvent(
                    Optional.empty(), "url.use", Optional.of(key), e.code().id(), Map.of()));
            throw e;
        }
    }

    /**
     * Returns the signed value, or else that of the file. An invalid value in a URL, which was signed before values were validated, becomes
     * {@code attachment}.
     */
    private static DispositionHeader disposition(UrlGrant.Download grant, ObjectInfo info) {
        try {
            return grant.contentDisposition()
                    .map(DispositionHeader::parse)
                    .or(() -> FileDisposition.own(info))
                    .orElse(DispositionHeader.ATTACHMENT);
        } catch (InvalidInput e) {
            return DispositionHeader.ATTACHMENT;
        }
    }

    private void serve(Context ctx) throws IOException {
        UrlVerifier here = verifier.orElseThrow(() -> RequestException.notFound(ctx.path()));
        UrlGrant grant = verify(here, ctx);
        Principal bearer = Principal.bearer(grant.action(), grant.key());
        if (grant instanceof UrlGrant.Download download) {
            downloads.answer(
                    ctx,
                    bearer,
                    download.key(),
                    info -> disposition(download, info).text());
        } else if (grant instanceof UrlGrant.Upload upload) {
            uploads.put(ctx, bearer, upload);
        } else if (grant instanceof UrlGrant.UploadPart part) {
            uploads.putPart(ctx, bearer, part);
        }
    }
}
