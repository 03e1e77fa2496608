package dev.stowage.http.console;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.exchange.Resources;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The console at {@code /console}, and the way there from the root for browsers. The files are the same for everyone and contain no data;
 * the page in the browser authenticates its requests to the API.
 */
public final class ConsoleRoutes implements RouteGroup {

    private static final String PAGE = "/console";

    /** What pages have in comments, for services whose users sign in at a provider. */
    private static final String PROVIDER_BEGIN = "<!-- provider";

    private static final String PROVIDER_END = "provider -->";

    private final ConsoleAssets assets = new ConsoleAssets();
    private final Optional<OidcConfig> oidc;
    private final String policy;

    /** @param config of an enabled console */
    public ConsoleRoutes(ConsoleConfig config) {
        oidc = config.oidc();
        policy = policy(oidc.map(provider -> " " + provider.allOrigins()).orElse(""));
    }

    /**
     * Nothing of another host but the identity provider's answers, nothing inline, no frames, no strings as code. Previews of files are
     * images and media of this service, or blobs that the page has made.
     */
    private static String policy(String provider) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
                + "connect-src 'self'" + provider + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
    }

    @Override
    public void register(Routes routes) {
        if (oidc.isPresent()) {
            routes.add(Route.get(PAGE + "/callback", ctx -> page(ctx, "callback.html"))
                    .withAccess(RouteAccess.PUBLIC));
        }
        routes.add(
                Route.get("/", ConsoleRoutes::root).withAccess(RouteAccess.PUBLIC),
                Route.get(PAGE, ctx -> page(ctx, "index.html")).withAccess(RouteAccess.PUBLIC),
                Route.get(PAGE + "/", ConsoleRoutes::toPage).withAccess(RouteAccess.PUBLIC),
                Route.get(PAGE + "/assets/{name}", ctx -> asset(ctx, ctx.pathParam("name")))
                        .withAccess(RouteAccess.PUBLIC)
                        .withConditions(RouteConditions.TAGS),
                Route.get(
                                PAGE + "/assets/{folder}/{name}",
                                ctx -> asset(ctx, ctx.pathParam("folder") + "/" + ctx.pathParam("name")))
                        .withAccess(RouteAccess.PUBLIC)
                        .withConditions(RouteConditions.TAGS));
    }

    /** Browsers ask for HTML; for other clients there is nothing at the root. */
    private static void root(Context ctx) {
        String accept = ctx.req().getHeader("Accept");
        if (accept == null || !accept.contains("text/html")) {
            throw RequestException.notFound(ctx.path());
        }
        toPage(ctx.header("Vary", "Accept"));
    }

    private static void toPage(Context ctx) {
        ctx.status(302).header("Location", PublicAddress.path(ctx, PAGE));
    }

    private void page(Context ctx, String name) throws IOException {
        String page = new String(Resources.read(ConsoleAssets.FOLDER + name), StandardCharsets.UTF_8);
        ctx.header("Content-Security-Policy", policy)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(oidc.map(provider -> withProvider(page, provider)).orElse(page));
    }

    /** The page with the settings for its scripts, and the library, which is loaded only where it is used. */
    private static String withProvider(String page, OidcConfig oidc) {
        String settings = String.format(
                Locale.ROOT,
                "<meta name=\"oidc\" data-issuer=\"%s\" data-client-id=\"%s\" data-scopes=\"%s\" data-audience=\"%s\">",
                attribute(oidc.issuer().toString()),
                attribute(oidc.clientId()),
                attribute(oidc.scopes()),
                attribute(oidc.audience()));
        return page.replace(PROVIDER_BEGIN, settings).replace(PROVIDER_END, "");
    }

    /** A text as the value of an attribute in double quotes. */
    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;");
    }

    private void asset(Context ctx, String name) throws IOException {
        ConsoleAssets.Asset asset = assets.find(name).orElseThrow(() -> RequestException.notFound(ctx.path()));
        ctx.header("ETag", asset.etag().quoted())
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff");
        switch (ReadConditions.parse(RequestHeaders.of(ctx)).evaluate(asset.etag(), Instant.EPOCH)) {
            case NOT_MODIFIED -> ctx.status(304);
            case PROCEED -> ctx.contentType(asset.type()).result(asset.text());
            case FAILED -> throw new PreconditionFailed("The file has another ETag; fetch it again", name);
        }
    }
}
