package dev.stowage.http.exchange;

import dev.stowage.core.key.ObjectKey;
import io.javalin.http.Context;

/**
 * The header field with the key of the file that a request created: percent-encoded as in a path, because header fields carry ASCII only.
 */
public final class KeyHeader {

    private static final String NAME = "X-Object-Key";

    private KeyHeader() {}

    /** Adds the field to the response. */
    public static void set(Context ctx, ObjectKey key) {
        ctx.header(NAME, key.encoded());
    }
}
