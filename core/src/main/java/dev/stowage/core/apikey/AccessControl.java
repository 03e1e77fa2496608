package dev.stowage.core.apikey;

import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.SignatureAuthenticator;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The principals of credentials. Safe for concurrent use. A change of a key takes effect within a second in every process on the same
 * records, and at once in the process that makes it through {@link #keys}, as {@link ApiKeyManagement} does.
 */
public final class AccessControl implements AutoCloseable {

    private final PrincipalStore known;
    private final InstantSource clock;
    private final KeyAuthenticator authenticator;
    private final ApiKeys keys;

    /** @param s3Secrets derives the secrets of S3 key pairs; empty if there are none */
    public AccessControl(ApiKeys keys, PrincipalStore known, Optional<S3Secrets> s3Secrets, InstantSource clock) {
        this.known = known;
        this.clock = clock;
        this.authenticator = new KeyAuthenticator(keys, s3Secrets, clock);
        this.keys = new WatchedKeys(keys, authenticator::changed);
    }

    /** Returns the keys, whose changes take effect at once in this process. */
    public ApiKeys keys() {
        return keys;
    }

    /** Returns the authenticator of API keys. */
    public Authenticator keyAuthenticator() {
        return authenticator;
    }

    /** Returns the authenticator of S3 key pairs. */
    public SignatureAuthenticator signatureAuthenticator() {
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

    /** Records the last uses of keys that are not recorded yet. A repetition does nothing. */
    @Override
    public void close() {
        authenticator.close();
    }
}
