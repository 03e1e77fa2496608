package dev.stowage.http.presign;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;

/** The address under which a client reached the service. */
public final class PublicAddress {

    /** The attribute of a request that has the path before those of the service, where a proxy tells one that is believed. */
    public static final String PREFIX = "dev.stowage.prefix";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Pattern SCHEME = Pattern.compile("https?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%-]+|\\[[0-9A-Fa-f:.]+\\]");

    private PublicAddress() {}

    /**
     * An absolute URL as it is; a path of this service, with scheme and host of the request before it: those that a proxy tells, where it
     * is believed.
     *
     * @throws InvalidInput when a proxy tells a host that is none
     */
    public static String complete(Context ctx, URI url) {
        return url.isAbsolute() ? url.toString() : origin(ctx.req()) + path(ctx, url.toString());
    }

    /** A path of this service as clients know it: below the path under which a proxy serves it, where it tells one that is believed. */
    public static String path(Context ctx, String path) {
        return prefix(ctx) + path;
    }

    /** The path under which a proxy serves the service; empty for none. */
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
