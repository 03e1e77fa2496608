package dev.stowage.http.presign;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;

/** The address under which a client reached the service. */
final class PublicAddress {

    private PublicAddress() {}

    /** An absolute URL as it is; a path of this service, with scheme and host of the request before it. */
    static String complete(Context ctx, URI url) {
        return url.isAbsolute() ? url.toString() : scheme(ctx.req()) + "://" + host(ctx.req()) + url;
    }

    /** A proxy that speaks TLS in the service's place says so; whom it misleads is the client itself, if that made it up. */
    private static String scheme(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Proto");
        return "https".equalsIgnoreCase(forwarded) || "http".equalsIgnoreCase(forwarded)
                ? forwarded.toLowerCase(Locale.ROOT)
                : request.getScheme();
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null || host.isBlank() ? request.getServerName() + ":" + request.getServerPort() : host;
    }
}
