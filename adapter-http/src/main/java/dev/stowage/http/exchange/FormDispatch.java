package dev.stowage.http.exchange;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Routes that take a form as well as something else: the declared type of the body decides. */
public final class FormDispatch {

    private static final String FORM = "multipart/form-data";
    private static final String URLENCODED = "application/x-www-form-urlencoded";

    private FormDispatch() {}

    /** Hands bodies of {@code multipart/form-data} to {@code form}, and all others to {@code other}. */
    public static Handler of(Handler form, Handler other) {
        return ctx -> (is(ctx, FORM) ? form : other).handle(ctx);
    }

    /**
     * The same for {@code application/x-www-form-urlencoded}, too; not for routes that take raw bodies, since {@code curl} calls
     * those so.
     */
    public static Handler ofEither(Handler form, Handler other) {
        return ctx -> (is(ctx, FORM) || is(ctx, URLENCODED) ? form : other).handle(ctx);
    }

    private static boolean is(Context ctx, String type) {
        String declared = ctx.req().getHeader("Content-Type");
        return declared != null && declared.strip().regionMatches(true, 0, type, 0, type.length());
    }
}
