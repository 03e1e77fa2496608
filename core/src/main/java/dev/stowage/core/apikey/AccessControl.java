package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.ApiKeys;
import dev.stowage.core.port.Authenticator;
import dev.stowage.core.port.PrincipalStore;
import dev.stowage.core.port.Principals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * API keys, and the principals of credentials. Safe for concurrent use. A change of a key takes effect within a second in every process on
 * the same records.
 */
public final class AccessControl implements AutoCloseable {

    private final ApiKeys keys;
    private final PrincipalStore known;
    private final InstantSource clock;
    private final CreateKey createKey;
    private final RotateKey rotateKey;
    private final KeyAuthenticator authenticator;

    public AccessControl(ApiKeys keys, PrincipalStore known, KeyLayout layout, InstantSource clock) {
        this.keys = keys;
        this.known = known;
        this.clock = clock;
        this.createKey = new CreateKey(keys, layout, clock);
        this.rotateKey = new RotateKey(keys, clock);
        this.authenticator = new KeyAuthenticator(keys, clock);
    }

    /**
     * Creates a key, which is valid at once. A repetition creates another one.
     *
     * @param expires the lifetime of the key; empty for no expiry
     * @throws InvalidInput when the key would permit nothing, or there are too many keys; the message says what to change
     */
    public NewKey create(String name, Rights rights, Optional<Duration> expires) {
        return createKey.create(name, rights, expires);
    }

    /** Returns all keys in the order of their creation, including those that are no longer valid. */
    public List<ApiKey> list() {
        return keys.all().stream().map(StoredKey::key).toList();
    }

    /**
     * Revokes a key permanently. Items of its jobs that have not been processed fail. A repetition does nothing.
     *
     * @throws InvalidInput when there is no such key
     */
    public ApiKey revoke(String id) {
        StoredKey revoked = find(keys, id).revoked(clock.instant());
        keys.replace(revoked);
        return revoked.key();
    }

    /**
     * Gives a key a new secret and keeps its id, its rights and what it owns. A repetition creates another secret, and the secret before
     * the last one is no longer valid.
     *
     * @param overlap how long the current secret remains valid; may be zero
     * @throws InvalidInput when there is no such key, or it is no longer valid
     */
    public NewKey rotate(String id, Duration overlap) {
        return rotateKey.rotate(id, overlap);
    }

    /** Returns the authenticator of API keys. */
    public Authenticator keyAuthenticator() {
        return authenticator;
    }

    /**
     * Returns an authenticator that records the principals of another one, with the rights of the newest credential of each. Their jobs
     * continue with these rights while they make no requests.
     */
    public Authenticator recording(Authenticator other) {
        return new RecordingAuthenticator(other, known, clock);
    }

    /** Returns the current rights of API keys and of recorded principals. */
    public Principals principals() {
        return id -> authenticator.find(id).or(() -> known.find(id));
    }

    /** @throws InvalidInput when there is no such key */
    static StoredKey find(ApiKeys keys, String id) {
        return keys.find(id)
                .orElseThrow(() -> new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "No API key has this id; list the keys to see their ids"));
    }

    /** Records the last uses of keys that are not recorded yet. A repetition does nothing. */
    @Override
    public void close() {
        authenticator.close();
    }
}
