package dev.stowage.local.url;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding by RFC 3986 of everything but unreserved characters. */
final class PercentEncoder {

    private PercentEncoder() {}

    /** Encodes a value in a query. */
    static String component(String text) {
        // Form encoding, except for three characters.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Encodes a path; slashes stay. */
    static String path(String text) {
        return component(text).replace("%2F", "/");
    }
}
