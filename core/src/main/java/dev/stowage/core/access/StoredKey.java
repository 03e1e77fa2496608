package dev.stowage.core.access;

import dev.stowage.core.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key as it is stored.
 *
 * @param old the secret before the last rotation, while it is still valid
 */
public record StoredKey(ApiKey key, SecretDigest digest, Optional<Retiring> old) {

    /**
     * A rotated secret that is still valid for a limited time.
     *
     * @param until when it expires
     */
    public record Retiring(SecretDigest digest, Instant until) {}

    /** Creates a new key. */
    public static StoredKey of(ApiKey key, SecretDigest digest) {
        return new StoredKey(key, digest, Optional.empty());
    }

    /** Whether {@code secret} belongs to the key and both are valid at that moment. */
    public boolean admits(Secret secret, Instant now) {
        // Both are compared before the time is checked, so that the duration reveals nothing about the secret.
        boolean current = digest.matches(secret);
        boolean retiring = old.map(before -> before.digest().matches(secret) && now.isBefore(before.until()))
                .orElse(false);
        return (current || retiring) && key.isUsable(now);
    }

    /** Returns the digests of the secrets that are valid at that moment; empty if the key is not. */
    public List<SecretDigest> valid(Instant now) {
        if (!key.isUsable(now)) {
            return List.of();
        }
        return old.filter(retiring -> now.isBefore(retiring.until()))
                .map(retiring -> List.of(digest, retiring.digest()))
                .orElse(List.of(digest));
    }

    /** Returns the revoked key. */
    public StoredKey revoked(Instant now) {
        return new StoredKey(key.revoked(now), digest, Optional.empty());
    }

    /** Returns the key with a new secret; the current one stays valid until {@code until}. */
    public StoredKey rotated(SecretDigest next, Instant until) {
        return new StoredKey(key, next, Optional.of(new Retiring(digest, until)));
    }
}
