package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * An API key as it is on record.
 *
 * @param old the secret that was rotated away, for as long as it works beside the new one
 */
public record StoredKey(ApiKey key, SecretDigest digest, Optional<Retiring> old) {

    /**
     * A secret that works for some time still.
     *
     * @param until when it ceases to work
     */
    public record Retiring(SecretDigest digest, Instant until) {}

    /** A new one. */
    public static StoredKey of(ApiKey key, SecretDigest digest) {
        return new StoredKey(key, digest, Optional.empty());
    }

    /** Whether {@code secret} is the key's at that moment, and the key works. */
    public boolean admits(Secret secret, Instant now) {
        // Both are asked, and before the time is: how long it takes says nothing of the secret.
        boolean current = digest.matches(secret);
        boolean retiring = old.map(before -> before.digest().matches(secret) && now.isBefore(before.until()))
                .orElse(false);
        return (current || retiring) && key.isGood(now);
    }

    /** The same, revoked. */
    public StoredKey revoked(Instant now) {
        return new StoredKey(key.revoked(now), digest, Optional.empty());
    }

    /** The same with a new secret, beside which the present one works until {@code until}. */
    public StoredKey rotated(SecretDigest next, Instant until) {
        return new StoredKey(key, next, Optional.of(new Retiring(digest, until)));
    }
}
