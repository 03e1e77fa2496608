package dev.stowage.http.exchange;

import dev.stowage.core.key.ObjectKey;
import io.javalin.http.Context;

/**
 * The key in a request's path: what stands where the route has <code>{key}</code>, percent-decoded once (RFC 3986, section 2.1), so
 * that {@code %2F} and {@code /} mean the same and {@code %252F} does not.
 */
public final class PathKey {

    private PathKey() {}

    /**
     * The key of the request.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is none; {@code detail.reason} says why
     */
    public static ObjectKey of(Context ctx) {
        return new ObjectKey(text(ctx));
    }

    /**
     * The key as text, decoded and not yet checked.
     *
     * @throws dev.stowage.core.error.InvalidInput when it can't be decoded
     */
    public static String text(Context ctx) {
        // What stands before the key in the route stands there literally in the path.
        int prefix = ctx.endpoint().path.indexOf('<');
        return PercentDecoder.decodeKey(ctx.path().substring(prefix));
    }
}
