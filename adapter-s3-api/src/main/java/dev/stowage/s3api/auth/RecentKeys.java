package dev.stowage.s3api.auth;

import dev.stowage.core.config.Secret;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Signing keys that have verified a request, as clients sign with the same one all day. Safe for concurrent use. */
final class RecentKeys {

    /** More than one for each active client; a key takes about 300 bytes. */
    private static final int MAX_KEYS = 4096;

    private final ConcurrentMap<Use, SigningKey> keys = new ConcurrentHashMap<>();

    /** Returns the signing key of a secret in a scope, which is derived unless it is kept. */
    SigningKey get(Secret secret, CredentialScope scope) {
        SigningKey kept = keys.get(new Use(secret, scope));
        return kept == null ? SigningKey.derive(secret, scope) : kept;
    }

    /** Keeps a key. Call it only for one that has verified a request, so that refused requests displace none. */
    void keep(Secret secret, CredentialScope scope, SigningKey key) {
        if (keys.size() >= MAX_KEYS) {
            keys.clear();
        }
        keys.putIfAbsent(new Use(secret, scope), key);
    }

    private record Use(Secret secret, CredentialScope scope) {}
}
