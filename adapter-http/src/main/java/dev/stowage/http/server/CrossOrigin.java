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

    /**
     * Lets a page read an answer that comes from below the handler that else does so. Of a head that can't be read the server knows no field, and so
     * no origin; such an answer has nothing but the error, and is for every page.
     *
     * @param origins whose pages may call the API; none of this happens when there are none
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
