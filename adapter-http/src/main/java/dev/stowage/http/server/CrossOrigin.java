package dev.stowage.http.server;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Lets pages of other origins call the API (CORS; Fetch, section 3.3), without credentials of the browser: the only cookie is for the
 * pages of links.
 */
final class CrossOrigin {

    /**
     * Response fields that a page sees only if they are exposed. The last one covers user metadata, whose names are not known in advance.
     */
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

    /** @param handler handles the requests */
    static Handler.Wrapper around(Set<String> origins, Handler handler) {
        CrossOriginHandler cors = new CrossOriginHandler();
        cors.setHandler(handler);
        cors.setAllowedOriginPatterns(origins.stream().map(CrossOrigin::pattern).collect(Collectors.toSet()));
        cors.setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        // The wildcard covers all fields but Authorization.
        cors.setAllowedHeaders(Set.of("*", "Authorization"));
        cors.setExposedHeaders(EXPOSED);
        cors.setPreflightMaxAge(Duration.ofHours(1));
        return cors;
    }

    /**
     * Lets a page read a response that is written outside the CORS handler. If the header section could not be read, the origin is not
     * known; such a response contains only the error, and any page may read it.
     *
     * @param origins whose pages may call the API; if empty, nothing is added
     */
    static void allow(Set<String> origins, Request request, Response response) {
        HttpFields.Mutable answer = response.getHeaders();
        if (origins.isEmpty() || answer.contains(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            return;
        }
        String origin = request.getHeaders().size() == 0
                ? Listener.ANY_ORIGIN
                : request.getHeaders().get(HttpHeader.ORIGIN);
        boolean allowed = origin != null
                && (origin.equals(Listener.ANY_ORIGIN)
                        || origins.contains(Listener.ANY_ORIGIN)
                        || origins.contains(origin));
        if (allowed) {
            answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            answer.put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
            answer.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(",", new TreeSet<>(EXPOSED)));
        }
    }

    private static String pattern(String origin) {
        return origin.equals(Listener.ANY_ORIGIN) ? origin : Pattern.quote(origin);
    }
}
