package dev.stowage.http.server;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** Lets pages of other origins call the API (Fetch, section 3.3). They bring no cookies; there are none here. */
final class CrossOrigin {

    /** What a page may not see of an answer unless it is told so; user metadata has names of its own, hence the last. */
    private static final Set<String> EXPOSED = Set.of(
            "ETag",
            "Location",
            "Content-Length",
            "Content-Range",
            "Content-Disposition",
            "Accept-Ranges",
            "Last-Modified",
            "Retry-After",
            "RateLimit",
            "RateLimit-Policy",
            "Upload-Offset",
            "Upload-Length",
            "Upload-Defer-Length",
            "Upload-Metadata",
            "Upload-Expires",
            "Upload-Concat",
            "Upload-Complete",
            "Upload-Limit",
            "Upload-Draft-Interop-Version",
            "Tus-Resumable",
            "Tus-Version",
            "Tus-Extension",
            "Tus-Max-Size",
            "Tus-Checksum-Algorithm",
            "X-Object-Key",
            "X-Request-Id",
            "*");

    private CrossOrigin() {}

    /** @param handler what handles requests within */
    static Handler.Wrapper around(Set<String> origins, Handler handler) {
        CrossOriginHandler cors = new CrossOriginHandler();
        cors.setHandler(handler);
        cors.setAllowedOriginPatterns(origins.stream().map(CrossOrigin::pattern).collect(Collectors.toSet()));
        cors.setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        // The star takes all but Authorization.
        cors.setAllowedHeaders(Set.of("*", "Authorization"));
        cors.setExposedHeaders(EXPOSED);
        cors.setPreflightMaxAge(Duration.ofHours(1));
        return cors;
    }

    private static String pattern(String origin) {
        return origin.equals(Listener.ANY_ORIGIN) ? origin : Pattern.quote(origin);
    }
}
