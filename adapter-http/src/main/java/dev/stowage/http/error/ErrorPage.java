package dev.stowage.http.error;

import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the error of a request for a person, who has opened a page in a browser. */
public interface ErrorPage {

    /** The header fields of the page, with its {@code Content-Type}. */
    Map<String, String> headers();

    /** Returns the page. */
    String html(Problem problem);

    /** Makes the errors of this request pages. */
    static void use(Context ctx, ErrorPage page) {
        ctx.attribute(ErrorPage.class.getName(), page);
    }

    /** Returns the page of a request; null if its errors are JSON. */
    static @Nullable ErrorPage of(Context ctx) {
        return ctx.attribute(ErrorPage.class.getName());
    }
}
