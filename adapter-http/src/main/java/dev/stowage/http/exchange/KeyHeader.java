package dev.stowage.http.exchange;

import dev.stowage.core.key.ObjectKey;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The key of the file that a request has made, in a header field: percent-encoded as in a path, as fields carry ASCII alone. */
public final class KeyHeader {

    private static final String NAME = "X-Object-Key";

    private KeyHeader() {}

    /** Adds it to the answer. */
    public static void set(Context ctx, ObjectKey key) {
        ctx.header(NAME, encode(key));
    }

    /** A key as it stands in a path. */
    public static String encode(ObjectKey key) {
        return URLEncoder.encode(key.value(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
