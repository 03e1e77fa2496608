package dev.stowage.http.route;

import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.limit.UploadSlots;
import dev.stowage.http.trace.SecretPaths;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registry of routes. */
public final class Routes {

    /** The prefix of all paths of the API. */
    public static final String API = "/api/v1/";

    /** The base path of objects and multipart uploads. */
    public static final String FILES = "/api/v1/s3";

    /** The base path of batch jobs. */
    public static final String JOBS = "/api/v1/jobs";

    /** The base path of schedules of jobs. */
    public static final String SCHEDULES = "/api/v1/schedules";

    public static final String LIFECYCLE = "/api/v1/lifecycle";
    /** The URL of webhooks. */
    public static final String WEBHOOKS = "/api/v1/webhooks";

    /** The base path of API keys. */
    public static final String KEYS = "/api/v1/keys";

    /** The base path of links for their owners. */
    public static final String LINKS = "/api/v1/links";

    /** The base path of links for everyone who has one; a token follows. */
    public static final String OPEN_LINKS = SecretPaths.LINKS;

    /** The base path of uploads by tus. */
    public static final String TUS = "/api/v1/tus";

    /** The base path of uploads by the IETF draft. */
    public static final String RESUMABLE = "/api/v1/resumable";

    /** The base path of the routes for Uppy's Companion client. */
    public static final String COMPANION = "/api/v1/companion";

    private final JavalinDefaultRoutingApi api;
    private final UploadSlots uploads;
    private final TransferLimiter transfers;
    private final Map<String, Route> routes = new HashMap<>();

    /**
     * @param api of the server that is being set up
     * @param uploads limits the concurrent uploads of a principal
     * @param transfers limits the concurrent uploads of all clients, together with other transfers
     */
    public Routes(JavalinDefaultRoutingApi api, UploadSlots uploads, TransferLimiter transfers) {
        this.api = api;
        this.uploads = uploads;
        this.transfers = transfers;
    }

    /** Adds routes, in matching order. */
    public void add(Route... added) {
        for (Route route : added) {
            Handler handler = handler(route);
            add(route.method(), route, handler);
            if (route.method().equals(HandlerType.GET)) {
                add(HandlerType.HEAD, route, handler);
            }
        }
    }

    /**
     * Returns the route of an operation; empty when there is none.
     *
     * @param method in any case
     * @param path as the route declares it
     */
    public Optional<Route> find(String method, String path) {
        return Optional.ofNullable(routes.get(operation(method, path)));
    }

    /** Returns all routes, in any order. */
    public Set<Route> all() {
        return Set.copyOf(routes.values());
    }

    private void add(HandlerType method, Route route, Handler handler) {
        routes.put(operation(method.name(), route.path()), route);
        // Of the two, Javalin lets only <key> contain slashes.
        api.addHttpHandler(method, route.path().replace("{key}", "<key>"), handler, route.access());
    }

    private Handler handler(Route route) {
        Handler handler = route.body().isUpload() ? uploads.around(transfers.around(route.handler())) : route.handler();
        // OPTIONS selects no representation, so conditions on it are ignored (RFC 9110, section 13.2.1).
        if (route.method().equals(HandlerType.OPTIONS)) {
            return handler;
        }
        boolean refusesBody = route.refusesBody();
        return ctx -> {
            route.conditions().check(ctx);
            if (refusesBody) {
                NoBody.check(ctx);
            }
            handler.handle(ctx);
        };
    }

    private static String operation(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
