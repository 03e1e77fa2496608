package dev.stowage.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the claims of a valid token (RFC 7519, section 4.1, and RFC 8725, sections 3.8 to 3.10).
 *
 * @param issuer the required {@code iss}
 * @param audience the value that {@code aud} must equal or contain
 * @param clockSkew the tolerance after {@code exp} and before {@code nbf}
 */
record TokenRules(String issuer, String audience, Duration clockSkew) {

    /** Letters, marks, digits, punctuation and symbols: other characters can't be distinguished in logs and in the ids of owners. */
    private static final Pattern SUBJECT = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]{1,256}");

    /**
     * Checks the claims of a token.
     *
     * @return when the token expires, including the clock skew
     */
    Instant check(Map<String, Object> claims, Instant now) throws RefusedToken {
        if (!issuer.equals(claims.get("iss"))) {
            throw new RefusedToken("its iss is not JWT_ISSUER");
        }
        if (!isFor(claims.get("aud"))) {
            throw new RefusedToken("its aud is not JWT_AUDIENCE");
        }
        if (!(claims.get("sub") instanceof String subject)
                || !SUBJECT.matcher(subject).matches()) {
            throw new RefusedToken("its sub is not 1 to 256 visible characters");
        }
        Optional<Instant> begin = time(claims, "nbf");
        if (begin.isPresent() && now.plus(clockSkew).isBefore(begin.get())) {
            throw new RefusedToken("it is not valid yet");
        }
        Instant end = time(claims, "exp")
                .orElseThrow(() -> new RefusedToken("it has no exp"))
                .plus(clockSkew);
        if (!now.isBefore(end)) {
            throw new RefusedToken("it has expired");
        }
        return end;
    }

    private boolean isFor(@Nullable Object claim) {
        return audience.equals(claim) || (claim instanceof Collection<?> several && several.contains(audience));
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) throws RefusedToken {
        Object value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number seconds) {
            // The conversion to long saturates at its maximum, and an Instant reaches further.
            return Optional.of(Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000)));
        }
        throw new RefusedToken("its " + name + " is not a valid time");
    }
}
