package dev.stowage.http.route;

import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.limit.TransferSlots;
import dev.stowage.http.limit.UploadSlots;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where route groups register. Paths are absolute; {@code <key>} at the end of one takes the rest of the path, and
 * {@link dev.stowage.http.exchange.PathKey} reads it.
 */
public final class Routes {

    /** What all paths of the API begin with. */
    public static final String API = "/api/v1/";

    /** The base path of objects and multipart uploads. */
    public static final String FILES = "/api/v1/s3";

    /** The base path of batch jobs. */
    public static final String JOBS = "/api/v1/jobs";

    /** The base path of uploads by tus. */
    public static final String TUS = "/api/v1/tus";

    /** The base path of uploads by the IETF's draft. */
    public static final String RESUMABLE = "/api/v1/resumable";

    /** The base path of what Uppy expects of its Companion. */
    public static final String COMPANION = "/api/v1/companion";

    private final JavalinDefaultRoutingApi api;
    private final UploadSlots uploads;
    private final TransferSlots transfers;
    private final Map<String, Declared> declared;
    private final RouteConditions conditions;

    /** What a route says of itself. */
    private record Declared(RouteAccess access, RouteConditions conditions) {}

    /**
     * @param api of the server that is being set up
     * @param uploads how many of a principal's uploads run at once
     * @param transfers how many uploads of all run at once, with other transfers
     */
    public Routes(JavalinDefaultRoutingApi api, UploadSlots uploads, TransferSlots transfers) {
        this(api, uploads, transfers, new HashMap<>(), RouteConditions.NONE);
    }

    private Routes(
            JavalinDefaultRoutingApi api,
            UploadSlots uploads,
            TransferSlots transfers,
            Map<String, Declared> declared,
            RouteConditions conditions) {
        this.api = api;
        this.uploads = uploads;
        this.transfers = transfers;
        this.declared = declared;
        this.conditions = conditions;
    }

    /** The same, but the routes that are added honour these conditions. Those that say nothing honour none, and refuse them. */
    public Routes conditional(RouteConditions honoured) {
        return new Routes(api, uploads, transfers, declared, honoured);
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

    /** Adds a route for principals that stores the bytes of its body, and counts as an upload while it does. */
    public Routes upload(HandlerType method, String path, Handler handler) {
        return upload(method, path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a route that stores the bytes of its body, and counts as an upload while it does. */
    public Routes upload(HandlerType method, String path, RouteAccess access, Handler handler) {
        return add(method, path, access, uploads.around(transfers.around(handler)));
    }

    /** Adds a {@code DELETE} route. */
    public Routes delete(String path, Handler handler) {
        return add(HandlerType.DELETE, path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds a {@code PATCH} route. */
    public Routes patch(String path, Handler handler) {
        return add(HandlerType.PATCH, path, RouteAccess.PRINCIPAL, handler);
    }

    /** Adds an {@code OPTIONS} route, for everybody. */
    public Routes options(String path, Handler handler) {
        return add(HandlerType.OPTIONS, path, RouteAccess.PUBLIC, handler);
    }

    /**
     * Whom an operation is for; empty when there is none.
     *
     * @param method in any case
     * @param path as OpenAPI has it, with <code>{key}</code> for the rest of a path, too
     */
    public Optional<RouteAccess> access(String method, String path) {
        return Optional.ofNullable(declared.get(operation(method, path))).map(Declared::access);
    }

    /** Which conditions an operation honours; none when there is no such operation. */
    public RouteConditions conditions(String method, String path) {
        Declared found = declared.get(operation(method, path));
        return found == null ? RouteConditions.NONE : found.conditions();
    }

    private static String operation(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path.replace('<', '{').replace('>', '}');
    }

    private Routes add(HandlerType method, String path, RouteAccess access, Handler handler) {
        declared.put(operation(method.name(), path), new Declared(access, conditions));
        // OPTIONS selects no representation, so conditions on it are ignored (RFC 9110, section 13.2.1).
        api.addHttpHandler(method, path, method.equals(HandlerType.OPTIONS) ? handler : checked(handler), access);
        return this;
    }

    private Handler checked(Handler handler) {
        return ctx -> {
            conditions.check(ctx);
            handler.handle(ctx);
        };
    }
}
