package dev.stowage.http.access;

import dev.stowage.core.access.Principal;
import io.javalin.http.Context;
import org.eclipse.jetty.server.Request;

/** Who makes a request. */
public final class Caller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    /**
     * The principal of a request, on a route that is for {@link RouteAccess#PRINCIPAL}.
     *
     * @throws IllegalStateException when nobody has asked who it is, which is a defect: nothing is done then
     */
    public static Principal of(Context ctx) {
        if (ctx.attribute(ATTRIBUTE) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("the request was not authenticated: " + ctx.path());
    }

    /** Whether {@code request} came with a good credential, or to a service that asks for none. */
    public static boolean isKnown(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Principal;
    }

    /** Whether a principal was found for a request that has matched a route. */
    public static boolean isKnown(Context ctx) {
        return ctx.attribute(ATTRIBUTE) instanceof Principal;
    }

    /** For the whole request, as servlets look at its attributes, too. */
    static void set(Request request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }

    static void set(Context ctx, Principal principal) {
        ctx.attribute(ATTRIBUTE, principal);
    }
}
