package dev.stowage.client;

import java.net.URI;
import java.time.Duration;

/**
 * A URL with which anyone can download a file, without other credentials. Treat it as a password.
 *
 * @param validFor counted from when the service signed it
 */
public record SharedLink(String key, URI url, Duration validFor) {

    static SharedLink of(JsonFields json) {
        return new SharedLink(
                json.text("key"), URI.create(json.text("url")), Duration.ofSeconds(json.number("expires_in")));
    }
}
