package dev.stowage.http.route;

import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RouteError;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * A route and what it declares. Registration, access, limits, the check of conditions, and the rows of the OpenAPI document follow from it.
 * By default a route requires a principal, honours no conditions and refuses requests that have any. Immutable.
 *
 * @param method a {@code GET} route answers {@code HEAD} too, by the same handler (RFC 9110, section 9.3.2)
 * @param path absolute, as in OpenAPI; <code>{key}</code> at its end takes the rest of the path, which
 *     {@link dev.stowage.http.exchange.PathKey} reads
 * @param handler handles the requests
 * @param access who may call the route
 * @param upload whether it stores the bytes of its body and counts as an upload
 * @param itemised whether the response has a result for each item, which covers failed conditions and refusals of the store
 * @param conditions the conditions that it honours
 * @param errors the errors that it can return, besides those that follow from the other declarations; unmodifiable
 */
public record Route(
        HandlerType method,
        String path,
        Handler handler,
        RouteAccess access,
        boolean upload,
        boolean itemised,
        RouteConditions conditions,
        List<RouteError> errors) {

    public Route {
        errors = List.copyOf(errors);
    }

    private Route(HandlerType method, String path, RouteAccess access, Handler handler) {
        this(method, path, handler, access, false, false, RouteConditions.NONE, List.of());
    }

    /** A {@code GET} route, which answers {@code HEAD} too. */
    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, RouteAccess.PRINCIPAL, handler);
    }

    /** A route for {@code HEAD} only. */
    public static Route head(String path, Handler handler) {
        return new Route(HandlerType.HEAD, path, RouteAccess.PRINCIPAL, handler);
    }

    /** A {@code POST} route. */
    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, RouteAccess.PRINCIPAL, handler);
    }

    /** A {@code PUT} route. */
    public static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, RouteAccess.PRINCIPAL, handler);
    }

    /** A {@code PATCH} route. */
    public static Route patch(String path, Handler handler) {
        return new Route(HandlerType.PATCH, path, RouteAccess.PRINCIPAL, handler);
    }

    /** A {@code DELETE} route. */
    public static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, RouteAccess.PRINCIPAL, handler);
    }

    /** An {@code OPTIONS} route, for everyone. */
    public static Route options(String path, Handler handler) {
        return new Route(HandlerType.OPTIONS, path, RouteAccess.PUBLIC, handler);
    }

    /** The same route with another access. */
    public Route withAccess(RouteAccess others) {
        return new Route(method, path, handler, others, upload, itemised, conditions, errors);
    }

    /** The same route as an upload. */
    public Route asUpload() {
        return new Route(method, path, handler, access, true, itemised, conditions, errors);
    }

    /** The same route with a result for each item. */
    public Route asItemised() {
        return new Route(method, path, handler, access, upload, true, conditions, errors);
    }

    /** The same route with these conditions. */
    public Route withConditions(RouteConditions honoured) {
        return new Route(method, path, handler, access, upload, itemised, honoured, errors);
    }

    /** The same route with these errors. Of several with the same status, the first is the example in the OpenAPI document. */
    public Route withErrors(RouteError... declared) {
        return new Route(method, path, handler, access, upload, itemised, conditions, List.of(declared));
    }
}
