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
        // The path begins with the literal text that precedes the key in the route.
        int prefix = ctx.endpoint().path.indexOf('<');
        return PercentDecoder.decodeKey(ctx.path().substring(prefix));
    }
}
