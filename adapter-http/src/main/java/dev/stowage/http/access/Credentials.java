package dev.stowage.http.access;

import dev.stowage.core.config.Secret;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the credential of a request: a bearer token (RFC 6750, section 2.1), or an API key in {@code X-API-Key}. */
final class Credentials {

    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /**
     * Returns the credential; empty when there is none, or it has another scheme.
     *
     * @param header returns the first value of a header, by its case-insensitive name
     */
    static Optional<Secret> of(Function<String, @Nullable String> header) {
        String authorization = header.apply("Authorization");
        if (authorization == null) {
            return Optional.ofNullable(header.apply("X-API-Key")).map(Secret::new);
        }
        // The name of the scheme is case-insensitive (RFC 9110, section 11.1).
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(
                        new Secret(authorization.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }
}
