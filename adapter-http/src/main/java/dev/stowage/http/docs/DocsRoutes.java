package dev.stowage.http.docs;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.object.Etag;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.exchange.Resources;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, and pages that show it without loading anything from another host. */
public final class DocsRoutes implements RouteGroup {

    /** Where this package's own files are on the class path. */
    static final String HERE = "dev/stowage/http/docs/";

    private static final String DOCUMENT = "/openapi.json";

    /** Swagger UI and ReDoc add inline styles; ReDoc runs its search in a worker that is created from a blob. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "png", "image/png");

    private final String version;
    private final Properties assets = new Properties();
    private volatile @Nullable ApiDocument document;

    /** @param version of the service */
    public DocsRoutes(String version) {
        this.version = version;
        try (InputStream stream = Resources.open(HERE + "assets.properties")) {
            assets.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException("the list of assets can't be read", e);
        }
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(DOCUMENT, ctx -> document(ctx, routes))
                        .withAccess(RouteAccess.PUBLIC)
                        .withConditions(RouteConditions.TAGS),
                Route.get("/docs", ctx -> page(ctx, "docs.html")).withAccess(RouteAccess.PUBLIC),
                Route.get("/redoc", ctx -> page(ctx, "redoc.html")).withAccess(RouteAccess.PUBLIC),
                Route.get("/docs/assets/{name}", this::asset).withAccess(RouteAccess.PUBLIC));
    }

    @OpenApi(
            path = DOCUMENT,
            methods = HttpMethod.GET,
            summary = "Get this description",
            description = "OpenAPI 3, for code generators and for the pages /docs and /redoc.",
            operationId = "openApi",
            tags = ApiDoc.OPERATIONS,
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The document",
                        content =
                                @OpenApiContent(
                                        mimeType = "application/json",
                                        type = "object",
                                        example = "{\"openapi\":\"3.0.3\"}"))
            })
    void document(Context ctx, Routes routes) throws IOException {
        String prefix = PublicAddress.prefix(ctx);
        ApiDocument current = prefix.isEmpty() ? document(routes) : ApiDocument.load(version, prefix, routes);
        ctx.header("ETag", current.etag()).header("Cache-Control", "no-cache");
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        switch (conditions.evaluate(Etag.ofMaybeQuoted(current.etag()), Instant.EPOCH)) {
            case NOT_MODIFIED -> ctx.status(304);
            case PROCEED -> ctx.contentType("application/json").result(current.json());
            case FAILED ->
                throw new PreconditionFailed("The description has another ETag; fetch it again", "openapi.json");
        }
    }

    private static void page(Context ctx, String name) throws IOException {
        ctx.header("Content-Security-Policy", PAGE_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(Resources.read(HERE + name));
    }

    /** The pages request a webjar's files with its version in the query, so those never change; this module's own files may. */
    private void asset(Context ctx) throws IOException {
        String path = assets.getProperty(ctx.pathParam("name"));
        if (path == null) {
            throw RequestException.notFound(ctx.path());
        }
        boolean lasting = ctx.queryParam("v") != null && !path.startsWith(HERE);
        ctx.header("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream"))
                .result(Resources.open(path));
    }

    /** Created on the first request, to keep the start-up short; at worst created twice. */
    private ApiDocument document(Routes routes) throws IOException {
        ApiDocument current = document;
        if (current == null) {
            current = ApiDocument.load(version, "", routes);
            document = current;
        }
        return current;
    }
}
