package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.port.ApiKeys;
import java.time.InstantSource;

/** Takes API keys away from their holders. */
public final class RevokeKey {

    private final ApiKeys keys;
    private final InstantSource clock;

    public RevokeKey(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Revokes a key for good; it works no more within a second, wherever it is used. What its jobs have not done yet fails. Again: does
     * nothing.
     *
     * @throws dev.stowage.core.error.InvalidInput when there is no such key
     */
    public ApiKey revoke(String id) {
        StoredKey revoked = KnownKey.get(keys, id).revoked(clock.instant());
        keys.replace(revoked);
        return revoked.key();
    }
}
