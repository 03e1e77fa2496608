package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import dev.stowage.core.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * A service and how to sign in there.
 *
 * @param apiKey an API key or a token; empty for a service without authentication
 */
record ServiceProfile(URI url, Optional<Secret> apiKey) {

    /** @throws CommandFailure when the URL is not one */
    static ServiceProfile of(String url, Optional<String> apiKey) {
        try {
            return new ServiceProfile(
                    new URI(url.strip()), apiKey.map(String::strip).map(Secret::new));
        } catch (URISyntaxException e) {
            throw CommandFailure.usage("'" + url + "' is not a URL");
        }
    }

    /** @param retryTimeout how long calls are repeated while the service is unreachable or busy */
    StowageClient client(Duration retryTimeout) {
        try {
            StowageClient.Builder builder = StowageClient.builder(url).retryTimeout(retryTimeout);
            apiKey.ifPresent(key -> builder.apiKey(key.value()));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(url + ": " + e.getMessage());
        }
    }
}
