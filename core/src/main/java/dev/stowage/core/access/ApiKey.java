package dev.stowage.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of an API key, but for its secret.
 *
 * @param id 12 of {@code a-z 0-9}; no secret
 * @param name for people, 1 to 64 characters without control characters
 * @param expiresAt when it ceases to work; empty for never
 * @param revokedAt since when it works no more; empty for one that was not revoked
 * @param usedAt when it was used last, to the minute; empty when never
 */
public record ApiKey(
        String id,
        String name,
        Rights rights,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> usedAt) {

    /** What the ids of key holders begin with, as principals. */
    public static final String PRINCIPAL = "key:";

    private static final Pattern ID = Pattern.compile("[a-z0-9]{12}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,64}");

    /** @throws IllegalArgumentException when the id or the name is none */
    public ApiKey {
        if (!isId(id)) {
            throw new IllegalArgumentException("a key's id must be 12 characters of a-z and 0-9");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a key's name must have 1 to 64 characters and no control characters");
        }
    }

    /** Whether a key may have that id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether it works at that moment. */
    public boolean isGood(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Whoever brings it. */
    public Principal principal() {
        return Principal.of(PRINCIPAL + id, name, rights);
    }

    /** The same, revoked. Again: since the first time. */
    public ApiKey revoked(Instant now) {
        return new ApiKey(id, name, rights, createdAt, expiresAt, Optional.of(revokedAt.orElse(now)), usedAt);
    }
}
