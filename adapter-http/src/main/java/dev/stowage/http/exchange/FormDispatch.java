package dev.stowage.http.exchange;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Dispatches between a form and other bodies by the declared type of the body. */
public final class FormDispatch {

    private static final String FORM = "multipart/form-data";
    private static final String URLENCODED = "application/x-www-form-urlencoded";

    private FormDispatch() {}

    /** Dispatches {@code multipart/form-data} bodies to {@code form}, and all others to {@code other}. */
    public static Handler of(Handler form, Handler other) {
        return ctx -> (is(ctx, FORM) ? form : other).handle(ctx);
    }

    /**
     * Also dispatches {@code application/x-www-form-urlencoded} to {@code form}. Not for routes that take raw bodies, since that is the
     * default type of {@code curl}.
     */
    public static Handler ofEither(Handler form, Handler other) {
        return ctx -> (is(ctx, FORM) || is(ctx, URLENCODED) ? form : other).handle(ctx);
    }

    private static boolean is(Context ctx, String type) {
        String declared = ctx.req().getHeader("Content-Type");
        return declared != null && declared.strip().regionMatches(true, 0, type, 0, type.length());
    }
}
