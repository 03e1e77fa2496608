package dev.stowage.http.exchange;

import dev.stowage.core.key.ObjectKey;
import io.javalin.http.Context;

/**
 * Reads the key in a request's path: the value of <code>{key}</code>, percent-decoded once (RFC 3986, section 2.1), so that {@code %2F} and
 * {@code /} mean the same and {@code %252F} does not.
 */
public final class PathKey {

    private PathKey() {}

    /**
     * Returns the key of the request.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is not a valid key; {@code detail.reason} says why
     */
    public static ObjectKey of(Context ctx) {
        return new ObjectKey(text(ctx));
    }

    /**
     * Returns the decoded key as text, without validation.
     *
     * @throws dev.stowage.core.error.InvalidInput when it can't be decoded
     */
    public static String text(Context ctx) {
        // The path has as many segments before the key as the route.
        String route = ctx.endpoint().path;
        String path = ctx.path();
        int start = 0;
        for (int slash = route.indexOf('/'); slash >= 0 && slash < route.indexOf('<'); ) {
            start = path.indexOf('/', start) + 1;
            slash = route.indexOf('/', slash + 1);
        }
        return PercentDecoder.decodeKey(path.substring(start));
    }
}
