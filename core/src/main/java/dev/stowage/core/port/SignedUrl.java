package dev.stowage.core.port;

import java.net.URI;
import java.util.Map;

/**
 * A URL that carries its own permission. It must be treated as a password until it expires.
 *
 * @param url absolute; or, for a URL of this service, an absolute path with a query, which the service completes with its public address
 * @param headers that the request must send, by name; unmodifiable
 */
public record SignedUrl(URI url, Map<String, String> headers) {
    public SignedUrl {
        headers = Map.copyOf(headers);
    }

    /** Omits the URL, which is a secret. */
    @Override
    public String toString() {
        return "SignedUrl[***]";
    }
}
