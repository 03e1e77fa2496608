package dev.stowage.http.exchange;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Routes that take a form as well as something else: the declared type of the body decides. */
public final class FormDispatch {

    private static final String FORM = "multipart/form-data";

    private FormDispatch() {}

    /** Hands bodies of {@code multipart/form-data} to {@code form}, and all others to {@code other}. */
    public static Handler of(Handler form, Handler other) {
        return ctx -> (isForm(ctx) ? form : other).handle(ctx);
    }

    private static boolean isForm(Context ctx) {
        String type = ctx.req().getHeader("Content-Type");
        return type != null && type.strip().regionMatches(true, 0, FORM, 0, FORM.length());
    }
}
