package dev.stowage.http.access;

import dev.stowage.core.access.Principal;
import io.javalin.http.Context;

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
        throw new IllegalStateException("nobody has asked who calls " + ctx.path());
    }

    static void set(Context ctx, Principal principal) {
        ctx.attribute(ATTRIBUTE, principal);
    }
}
