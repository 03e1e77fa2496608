package dev.stowage.http.access;

import dev.stowage.core.access.Principal;
import io.javalin.http.Context;
import org.eclipse.jetty.server.Request;

/** The caller of a request. */
public final class Caller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    /**
     * Returns the principal of a request to a route with {@link RouteAccess#PRINCIPAL}.
     *
     * @throws IllegalStateException when the request was not authenticated, which is a defect
     */
    public static Principal of(Context ctx) {
        if (ctx.attribute(ATTRIBUTE) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("the request was not authenticated: " + ctx.path());
    }

    /** Whether {@code request} has a valid credential, or the service requires none. */
    public static boolean isKnown(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Principal;
    }

    /** Whether a request that matched a route was authenticated. */
    public static boolean isKnown(Context ctx) {
        return ctx.attribute(ATTRIBUTE) instanceof Principal;
    }

    /** Sets the principal as an attribute of the whole request, which servlets see, too. */
    public static void set(Request request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }

    static void set(Context ctx, Principal principal) {
        ctx.attribute(ATTRIBUTE, principal);
    }
}
