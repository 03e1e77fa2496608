package dev.stowage.http.presign;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;

/** The address under which a client reached the service. */
public final class PublicAddress {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private PublicAddress() {}

    /**
     * An absolute URL as it is; a path of this service, with scheme and host of the request before it: those that a proxy tells, where it
     * is believed.
     */
    public static String complete(Context ctx, URI url) {
        return url.isAbsolute() ? url.toString() : origin(ctx.req()) + url;
    }

    private static String origin(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? HTTPS : HTTP);
        return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
