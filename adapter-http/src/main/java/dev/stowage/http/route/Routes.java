package dev.stowage.http.route;

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

    /** Adds a {@code GET} route, which answers {@code HEAD} too, by the same handler (RFC 9110, section 9.3.2). */
    public Routes get(String path, Handler handler) {
        add(HandlerType.GET, path, handler);
        return add(HandlerType.HEAD, path, handler);
    }

    /** Adds a route that answers {@code HEAD} alone. */
    public Routes head(String path, Handler handler) {
        return add(HandlerType.HEAD, path, handler);
    }

    /** Adds a {@code POST} route. */
    public Routes post(String path, Handler handler) {
        return add(HandlerType.POST, path, handler);
    }

    /** Adds a {@code PUT} route. */
    public Routes put(String path, Handler handler) {
        return add(HandlerType.PUT, path, handler);
    }

    /** Adds a {@code DELETE} route. */
    public Routes delete(String path, Handler handler) {
        return add(HandlerType.DELETE, path, handler);
    }

    private Routes add(HandlerType method, String path, Handler handler) {
        api.addHttpHandler(method, path, handler);
        return this;
    }
}
