package dev.stowage.http.access;

import dev.stowage.core.config.Secret;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The credential of a request: a bearer token (RFC 6750, section 2.1), or an API key in a header of its own. */
final class Credentials {

    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /**
     * What the client brings; empty when it brings none, or one of another scheme.
     *
     * @param header gives the first value of a header, whatever the case of its name
     */
    static Optional<Secret> of(Function<String, @Nullable String> header) {
        String authorization = header.apply("Authorization");
        if (authorization == null) {
            return Optional.ofNullable(header.apply("X-API-Key")).map(Secret::new);
        }
        // The scheme's name is in any case (RFC 9110, section 11.1).
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(
                        new Secret(authorization.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }
}
