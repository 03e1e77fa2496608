package dev.stowage.http.access;

import dev.stowage.core.config.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The credential of a request: a bearer token (RFC 6750, section 2.1), or an API key in a header of its own. */
final class Credentials {

    private static final String SCHEME = "Bearer ";

    private Credentials() {}

    /** What the client brings; empty when it brings none, or one of another scheme. */
    static Optional<Secret> of(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            return Optional.ofNullable(request.getHeader("X-API-Key")).map(Secret::new);
        }
        // The scheme's name is in any case (RFC 9110, section 11.1).
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(
                        new Secret(authorization.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }
}
