package dev.stowage.http.route;

import dev.stowage.http.access.RouteAccess;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;

/**
 * Where route groups register. Paths are absolute; {@code <key>} at the end of one takes the rest of the path, and
 * {@link dev.stowage.http.exchange.PathKey} reads it.
 */
public final class Routes {

    /** The base path of objects and multipart uploads. */
    public static final String FILES = "/api/v1/s3";

    /** The base path of batch jobs. */
    public static final String JOBS = "/api/v1/jobs";

    private final JavalinDefaultRoutingApi api;

    /** @param api of the server that is being set up */
    public Routes(JavalinDefaultRoutingApi api) {
        this.api = api;
    }

    /**
     * Adds a {@code GET} route for principals, which answers {@code HEAD} too, by the same handler (RFC 9110, section 9.3.2). So do all
     * that say nothing else.
     */
    public Routes get(String path, Handler handler) {
        return get(path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a {@code GET} route, which answers {@code HEAD} too. */
    public Routes get(String path, RouteAccess access, Handler handler) {
        add(HandlerType.GET, path, access, handler);
        return add(HandlerType.HEAD, path, access, handler);
    }

    /** Adds a route that answers {@code HEAD} alone. */
    public Routes head(String path, Handler handler) {
        return add(HandlerType.HEAD, path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a {@code POST} route. */
    public Routes post(String path, Handler handler) {
        return add(HandlerType.POST, path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a {@code PUT} route. */
    public Routes put(String path, Handler handler) {
        return put(path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a {@code PUT} route. */
    public Routes put(String path, RouteAccess access, Handler handler) {
        return add(HandlerType.PUT, path, access, handler);
    }

    /** Adds a {@code DELETE} route. */
    public Routes delete(String path, Handler handler) {
        return add(HandlerType.DELETE, path, RouteAccess.PRINCIPAL, handler);
    }

    private Routes add(HandlerType method, String path, RouteAccess access, Handler handler) {
        api.addHttpHandler(method, path, handler, access);
        return this;
    }
}
