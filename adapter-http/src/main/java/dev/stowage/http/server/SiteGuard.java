package dev.stowage.http.server;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.http.route.Routes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;

/**
 * Refuses requests that pages of other sites make a browser send: requests with a host name that is not the service's (DNS rebinding), and
 * changes from a foreign origin (cross-site request forgery). Only browsers send {@code Origin} (RFC 6454) and {@code Sec-Fetch-Site}
 * (Fetch Metadata), and pages can't forge them, so other clients are not affected.
 */
final class SiteGuard extends Handler.Wrapper {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Probes use the address of a container, and the responses contain no stored data. */
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

    private static final String FORWARDED_HOST = "X-Forwarded-Host";

    private final Predicate<String> hosts;
    private final Set<String> origins;
    private final boolean anyOrigin;
    private final Request.Handler errors;

    /**
     * @param hosts whether requests may use a host name, which has no port
     * @param origins whose pages may call the API, or {@code *}
     * @param errors writes the response for the exception in the attribute {@link ErrorHandler#ERROR_EXCEPTION}
     * @param handler handles the requests that are not refused
     */
    SiteGuard(Predicate<String> hosts, Set<String> origins, Request.Handler errors, Handler handler) {
        super(handler);
        this.hosts = hosts;
        this.origins = origins;
        this.anyOrigin = origins.contains("*");
        this.errors = errors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<AccessDenied> refusal = hostRefusal(request).or(() -> originRefusal(request));
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        request.setAttribute(ErrorHandler.ERROR_EXCEPTION, refusal.get());
        return errors.handle(request, response, callback);
    }

    /**
     * Checks the name that was sent, not one from a proxy's header: a page can send the headers of proxies, but not another {@code Host}.
     */
    private Optional<AccessDenied> hostRefusal(Request request) {
        if (PROBES.contains(request.getHttpURI().getPath())) {
            return Optional.empty();
        }
        Request sent = Request.unWrap(request);
        return Stream.concat(
                        Stream.ofNullable(sent.getHttpURI().getHost()),
                        Stream.ofNullable(sent.getHeaders().get(HttpHeader.HOST))
                                .map(SiteGuard::host))
                .filter(host -> !host.isEmpty() && !hosts.test(host))
                .findFirst()
                .map(host ->
                        new AccessDenied("The service does not accept the host name of this request. Use localhost,"
                                + " or add the name to the setting HTTP_ALLOWED_HOSTS"));
    }

    private Optional<AccessDenied> originRefusal(Request request) {
        if (SAFE.contains(request.getMethod()) || anyOrigin) {
            return Optional.empty();
        }
        List<String> sent = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        boolean allowed = sent.isEmpty() ? !isForeignSite(request) : sent.size() == 1 && allow(request, sent.get(0));
        return allowed
                ? Optional.empty()
                : Optional.of(new AccessDenied(
                        "Pages of other origins can't make this request, unless the origin is in the setting"
                                + " CORS_ALLOWED_ORIGINS"));
    }

    private boolean allow(Request request, String origin) {
        return origins.contains(origin)
                || isOwnPage(request, origin)
                || (!isForeignSite(request)
                        && (site(request).filter("same-origin"::equals).isPresent() || isOwn(request, origin)));
    }

    /**
     * The pages of links send no referrer, so browsers do not tell their origin in forms, and over plain HTTP not their site, either. Other
     * pages gain nothing by that: the authority is in the URL, and the cookie of a password is not sent with their forms.
     */
    private static boolean isOwnPage(Request request, String origin) {
        return origin.equals("null")
                && !isForeignSite(request)
                && request.getHttpURI().getPath().startsWith(Routes.OPEN_LINKS);
    }

    /** Another port of the same host is the same site, but another origin. */
    private static boolean isForeignSite(Request request) {
        return site(request)
                .filter(site -> site.equals("cross-site") || site.equals("same-site"))
                .isPresent();
    }

    private static Optional<String> site(Request request) {
        return Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site"))
                .map(site -> site.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether an origin is this service, by the host name that the client used. A proxy may have replaced it, and send it in
     * {@code X-Forwarded-Host}. The proxy need not be trusted for this, because pages of other origins can't send that field without a
     * preflight.
     */
    private static boolean isOwn(Request request, String origin) {
        int authority = origin.indexOf("://");
        if (authority < 0) {
            return false;
        }
        boolean secure = HttpScheme.HTTPS.is(origin.substring(0, authority));
        String own = withoutUsualPort(origin.substring(authority + 3), secure);
        return Stream.of(
                        Stream.ofNullable(request.getHttpURI().getAuthority()),
                        Stream.ofNullable(request.getHeaders().get(HttpHeader.HOST)),
                        Stream.ofNullable(request.getHeaders().get(FORWARDED_HOST)))
                .flatMap(names -> names)
                .anyMatch(name -> own.equalsIgnoreCase(withoutUsualPort(name, secure)));
    }

    private static String withoutUsualPort(String authority, boolean secure) {
        String usual = secure ? ":443" : ":80";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }

    private static String host(String authority) {
        try {
            return new HostPort(authority).getHost();
        } catch (IllegalArgumentException malformed) {
            return authority;
        }
    }
}
