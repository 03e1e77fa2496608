package dev.stowage.local.url;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding by RFC 3986: everything but unreserved characters. */
final class PercentEncoder {

    private PercentEncoder() {}

    /** A value in a query. */
    static String component(String text) {
        // A form's encoding, but for its three liberties.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A path, whose slashes stay. */
    static String path(String text) {
        return component(text).replace("%2F", "/");
    }
}
