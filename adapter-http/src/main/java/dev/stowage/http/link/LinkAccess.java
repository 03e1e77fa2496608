package dev.stowage.http.link;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.link.Links;
import dev.stowage.core.link.OpenLink;
import dev.stowage.http.error.ErrorPage;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.exchange.AcceptHeader;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Lets users of a link in: by the token in the path, and the password if the link has one. */
final class LinkAccess {

    /** How long a browser need not send the password again. */
    private static final Duration REMEMBERED = Duration.ofHours(12);

    private static final String COOKIE = "stowage_link";
    private static final String BASIC = "Basic ";

    /** {@link java.net.HttpURLConnection} accepts text/html unless it is told otherwise. */
    private static final String URL_CONNECTION = "Java/";

    private final Links links;
    private final LinkMeters meters;
    private final InstantSource clock;

    LinkAccess(Links links, LinkMeters meters, InstantSource clock) {
        this.links = links;
        this.meters = meters;
        this.clock = clock;
    }

    /** Whether the client is a browser that shows a page; its errors are pages, too. */
    static boolean isPerson(Context ctx) {
        return AcceptHeader.names(ctx, "text/html")
                && !header(ctx, "User-Agent").startsWith(URL_CONNECTION);
    }

    /** Makes the errors of a person's request pages. */
    static void prepare(Context ctx) {
        // The token must not be sent to other sites, and what the link leads to depends on its state.
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-store");
        if (isPerson(ctx)) {
            ErrorPage.use(ctx, new LinkErrorPage());
        }
    }

    static Secret token(Context ctx) {
        return new Secret(ctx.pathParam("token"));
    }

    /** Opens the link; also a used one if the request may continue a download. */
    OpenLink open(Context ctx) {
        boolean continues = ctx.method().name().equals("GET") && ctx.req().getHeader("Range") != null;
        try {
            return continues ? links.openAgain(token(ctx)) : links.open(token(ctx));
        } catch (NotFound e) {
            meters.ended();
            throw e;
        }
    }

    /** Whether the link needs no password, or the request proves that the client knows it. */
    boolean isAdmitted(Context ctx, OpenLink open) {
        String cookie = Objects.requireNonNullElse(ctx.cookie(COOKIE), "");
        return open.isProved(cookie, clock.instant())
                || basic(ctx).filter(password -> isRight(open, password)).isPresent();
    }

    /**
     * Like {@link #open}, for a request that is refused without the password.
     *
     * @throws RequestException 401 when the password is missing or wrong
     */
    OpenLink enter(Context ctx) {
        OpenLink open = open(ctx);
        if (!isAdmitted(ctx, open)) {
            throw passwordRequired();
        }
        return open;
    }

    static RequestException passwordRequired() {
        return new RequestException(new Problem(
                401,
                "Unauthorized",
                "The link needs a password; send it by Basic authentication, with any user name",
                Map.of(),
                Map.of("WWW-Authenticate", "Basic realm=\"link\", charset=\"UTF-8\"")));
    }

    /** Compares a password, and gives the browser a cookie if it is right. */
    boolean admit(Context ctx, OpenLink open, Secret password) {
        boolean right = isRight(open, password);
        if (right) {
            String path = PublicAddress.path(ctx, Routes.OPEN_LINKS + token(ctx).value());
            ctx.res()
                    .addHeader(
                            "Set-Cookie",
                            COOKIE + "=" + open.proof(clock.instant().plus(REMEMBERED)) + "; Path=" + path
                                    + "; Max-Age=" + REMEMBERED.toSeconds() + "; HttpOnly; SameSite=Lax"
                                    + ("https".equals(ctx.req().getScheme()) ? "; Secure" : ""));
        }
        return right;
    }

    private boolean isRight(OpenLink open, Secret password) {
        boolean right = links.admits(open, password);
        if (!right) {
            meters.wrongPassword();
        }
        return right;
    }

    private static String header(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.req().getHeader(name), "");
    }

    /** The password of Basic authentication (RFC 7617); the user name does not matter. */
    private static Optional<Secret> basic(Context ctx) {
        String sent = header(ctx, "Authorization");
        if (!sent.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(sent.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Secret(pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
