package dev.stowage.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say to be good here and now (RFC 7519, section 4.1, and RFC 8725, sections 3.8 to 3.10).
 *
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must be, or hold
 * @param clockSkew how much later it may be than {@code exp}, and earlier than {@code nbf}
 */
record TokenRules(String issuer, String audience, Duration clockSkew) {

    /** Letters, marks, digits, punctuation and symbols; in logs, and as an owner's id, nothing else is to be told apart. */
    private static final Pattern SUBJECT = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]{1,256}");

    /**
     * Checks what a token says.
     *
     * @return when it is no longer good, the clock skew included
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
            throw new RefusedToken("it is not good yet");
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
            // A conversion to long ends at the largest there is, and an Instant reaches further.
            return Optional.of(Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000)));
        }
        throw new RefusedToken("its " + name + " is no time");
    }
}
