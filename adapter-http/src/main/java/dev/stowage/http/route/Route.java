package dev.stowage.http.route;

import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RouteError;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/**
 * A route and what it declares. Registration, access, limits, the check of conditions, and the rows of the OpenAPI document follow from it.
 * By default a route requires a principal, honors no conditions and refuses requests that have any. Immutable.
 *
 * @param method a {@code GET} route answers {@code HEAD} too, by the same handler (RFC 9110, section 9.3.2)
 * @param path absolute, as in OpenAPI; <code>{key}</code> at its end takes the rest of the path, which
 *     {@link dev.stowage.http.exchange.PathKey} reads
 * @param handler handles the requests
 * @param access who may call the route
 * @param body the kind of body that it takes, from which limits and errors follow
 * @param conditions the conditions that it honors
 * @param errors the errors that it can return, besides those that follow from the other declarations; {@link #allErrors} returns both
 */
public record Route(
        HandlerType method,
        String path,
        Handler handler,
        RouteAccess access,
        RouteBody body,
        RouteConditions conditions,
        List<RouteError> errors) {

    public Route {
        errors = List.copyOf(errors);
    }

    private Route(HandlerType method, String path, RouteAccess access, Handler handler) {
        this(method, path, handler, access, RouteBody.NONE, RouteConditions.NONE, List.of());
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
        return new Route(method, path, handler, others, body, conditions, errors);
    }

    /** The same route with this kind of body. */
    public Route withBody(RouteBody taken) {
        return new Route(method, path, handler, access, taken, conditions, errors);
    }

    /** The same route with these conditions. */
    public Route withConditions(RouteConditions honored) {
        return new Route(method, path, handler, access, body, honored, errors);
    }

    /** The same route with these errors. */
    public Route withErrors(RouteError... declared) {
        return new Route(method, path, handler, access, body, conditions, List.of(declared));
    }

    /** Whether a body is refused. Those of {@code GET} and {@code HEAD} have no meaning, and are ignored (RFC 9110, section 9.3.1). */
    boolean refusesBody() {
        return body == RouteBody.NONE && !method.equals(HandlerType.GET) && !method.equals(HandlerType.HEAD);
    }

    /**
     * Returns all errors that the route can return: the named ones, and then those that follow from the other declarations. Of several with
     * the same status, the first is the example in the OpenAPI document.
     */
    public List<RouteError> allErrors() {
        List<RouteError> all = new ArrayList<>(errors);
        boolean itemized = body == RouteBody.FILES;
        if (!conditions.honored().isEmpty() && !itemized) {
            all.add(RouteError.PRECONDITION_FAILED);
        }
        all.addAll(body.errors());
        if (!method.equals(HandlerType.OPTIONS)) {
            all.addAll(List.of(RouteError.UNSUPPORTED_CONDITION, RouteError.INVALID_KEY));
        }
        if (path.startsWith(Routes.API) || path.startsWith(Routes.OPEN_LINKS)) {
            all.addAll(List.of(RouteError.INTERNAL, RouteError.STORAGE_UNAVAILABLE));
            if (!itemized) {
                all.add(RouteError.STORAGE_REJECTED);
            }
        }
        // What has ranges is sent as a transfer.
        if (body.isUpload() || all.contains(RouteError.RANGE_NOT_SATISFIABLE)) {
            all.add(RouteError.TOO_MANY_TRANSFERS);
        }
        switch (access) {
            case PRINCIPAL ->
                all.addAll(List.of(RouteError.UNAUTHORIZED, RouteError.ACCESS_DENIED, RouteError.TOO_MANY_REQUESTS));
            case SIGNED_URL -> all.addAll(List.of(RouteError.URL_DENIED, RouteError.TOO_MANY_REQUESTS));
            case PUBLIC -> {}
        }
        if (access != RouteAccess.PUBLIC) {
            all.add(RouteError.OBJECT_ARCHIVED);
        }
        if (all.contains(RouteError.STORAGE_FULL)) {
            all.add(RouteError.QUOTA_EXCEEDED);
        }
        return List.copyOf(all);
    }
}
