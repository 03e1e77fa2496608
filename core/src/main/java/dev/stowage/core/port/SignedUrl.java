package dev.stowage.core.port;

import java.net.URI;
import java.util.Map;

/**
 * A URL that carries its own permission; to be treated like a password until it expires.
 *
 * @param url absolute, or, when it leads to this service itself, an absolute path with a query, which the service completes with the
 *     address it was asked at
 * @param headers what the request has to send along, by name; unmodifiable
 */
public record SignedUrl(URI url, Map<String, String> headers) {
    public SignedUrl {
        headers = Map.copyOf(headers);
    }

    /** Without the URL, which is a secret. */
    @Override
    public String toString() {
        return "SignedUrl[***]";
    }
}
