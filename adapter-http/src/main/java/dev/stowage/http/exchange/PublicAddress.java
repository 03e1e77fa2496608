package dev.stowage.http.exchange;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;

/** The address by which a client reached the service. */
public final class PublicAddress {

    /** The request attribute with the path prefix from a trusted proxy. */
    public static final String PREFIX = "dev.stowage.prefix";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Pattern SCHEME = Pattern.compile("https?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%-]+|\\[[0-9A-Fa-f:.]+\\]");

    private PublicAddress() {}

    /**
     * Returns an absolute URL unchanged; completes a path of this service with the scheme and host of the request, from a trusted proxy's
     * headers if there are any.
     *
     * @throws InvalidInput when the scheme or host from a proxy is not valid
     */
    public static String complete(Context ctx, URI url) {
        return url.isAbsolute() ? url.toString() : origin(ctx.req()) + path(ctx, url.toString());
    }

    /** Returns a path of this service as clients see it: with the path prefix from a trusted proxy, if there is one. */
    public static String path(Context ctx, String path) {
        return prefix(ctx) + path;
    }

    /** Returns the path prefix under which a proxy exposes the service; may be empty. */
    public static String prefix(Context ctx) {
        return ctx.req().getAttribute(PREFIX) instanceof String prefix ? prefix : "";
    }

    private static String origin(HttpServletRequest request) {
        String scheme = request.getScheme();
        if (!SCHEME.matcher(scheme).matches()
                || !HOST.matcher(request.getServerName()).matches()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The scheme or the host that the proxy reports is not valid; set X-Forwarded-Proto and X-Forwarded-Host");
        }
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? HTTPS : HTTP);
        return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
