package dev.stowage.http.exchange;

import dev.stowage.http.digest.DigestHeaders;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** The header fields of a request, for what reads them without knowing the web framework. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** The values of a field, one for each line of it, by its name in any case; none when it is not there. */
    public static Function<String, List<String>> of(Context ctx) {
        return name -> Collections.list(ctx.req().getHeaders(name));
    }

    /** The digests that the request brings. */
    public static DigestHeaders digests(Context ctx) {
        return new DigestHeaders(names(ctx), of(ctx));
    }

    /** The names of all fields. */
    public static List<String> names(Context ctx) {
        return Collections.list(ctx.req().getHeaderNames());
    }
}
