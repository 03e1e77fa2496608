package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.SignatureAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Authenticates by API keys and their S3 key pairs. All keys are in memory, and the record is checked for changes a few dozen times per second at most. A key that
 * another process creates, revokes or rotates therefore takes effect almost at once, while thousands of wrong keys cost nothing.
 */
final class KeyAuthenticator implements Authenticator, SignatureAuthenticator, Principals, AutoCloseable {

    private static final Duration FRESH = Duration.ofMillis(20);
    /** How long the keys in memory may be used while the record is unavailable. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** How long after a failure the record is not read again, so that waiting threads don't fail one after the other. */
    private static final Duration FAILED = Duration.ofSeconds(1);

    private static final Duration USE_INTERVAL = Duration.ofMinutes(1);

    private final ApiKeys keys;
    private final Optional<S3Secrets> s3Secrets;
    private final InstantSource clock;
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    /** Compared when there is no such key, so that both cases take the same time. */
    private final SecretDigest unknown =
            SecretDigest.of(KeyText.salt(), KeyText.random().secret());

    /** Tried when there is no such S3 key pair. */
    private final List<Secret> unknownPair = List.of(KeyText.random().secret());

    private volatile Snapshot snapshot = new Snapshot(Map.of(), -1, Instant.MIN);
    private volatile Instant recordUsesAt;
    /** When reading the record failed last. */
    private volatile Instant failedAt = Instant.MIN;

    private record Snapshot(Map<String, StoredKey> byId, long version, Instant readAt) {
        boolean isFresh(Instant now) {
            return readAt.isAfter(now.minus(FRESH)) && !readAt.isAfter(now);
        }

        boolean isBetween(Instant first, Instant last) {
            return !readAt.isBefore(first) && !readAt.isAfter(last);
        }

        boolean isUsable(Instant now) {
            return readAt.isAfter(now.minus(STALE));
        }
    }

    KeyAuthenticator(ApiKeys keys, Optional<S3Secrets> s3Secrets, InstantSource clock) {
        this.keys = keys;
        this.s3Secrets = s3Secrets;
        this.clock = clock;
        this.recordUsesAt = clock.instant().plus(USE_INTERVAL);
    }

    @Override
    public Optional<Principal> authenticate(Secret credential) {
        Instant now = clock.instant();
        return KeyText.parse(credential).flatMap(text -> admit(known -> admit(text, known, now), now));
    }

    @Override
    public Optional<Principal> authenticate(String accessKeyId, Predicate<Secret> signedWith) {
        Instant now = clock.instant();
        return admit(known -> admit(accessKeyId, signedWith, known, now), now);
    }

    /** @param admission decides by the given keys */
    private Optional<Principal> admit(Function<Snapshot, Optional<Principal>> admission, Instant now) {
        Snapshot known = current(now);
        Optional<Principal> admitted = admission.apply(known);
        // The key may have been created or rotated since the keys in memory were read.
        return admitted.isPresent() || known.isFresh(now) ? admitted : admission.apply(refresh(now));
    }

    private Optional<Principal> admit(KeyText text, Snapshot known, Instant now) {
        StoredKey stored = known.byId().get(text.id());
        if (stored == null) {
            boolean unused = unknown.matches(text.secret());
            return Optional.empty();
        }
        return stored.admits(text.secret(), now) ? Optional.of(used(stored.key(), now)) : Optional.empty();
    }

    private Optional<Principal> admit(String accessKeyId, Predicate<Secret> signedWith, Snapshot known, Instant now) {
        Optional<StoredKey> stored = Optional.ofNullable(known.byId().get(accessKeyId));
        List<Secret> secrets = stored.flatMap(key -> s3Secrets.map(derived -> derived.valid(key, now)))
                .orElse(List.of());
        boolean signed = false;
        for (Secret secret : secrets.isEmpty() ? unknownPair : secrets) {
            signed |= signedWith.test(secret);
        }
        return signed && !secrets.isEmpty() ? stored.map(key -> used(key.key(), now)) : Optional.empty();
    }

    private Principal used(ApiKey key, Instant now) {
        uses.put(key.id(), now.truncatedTo(ChronoUnit.MINUTES));
        return key.principal();
    }

    @Override
    public Optional<Principal> find(String id) {
        Instant now = clock.instant();
        return id.startsWith(ApiKey.PRINCIPAL)
                ? Optional.ofNullable(current(now).byId().get(id.substring(ApiKey.PRINCIPAL.length())))
                        .map(StoredKey::key)
                        .filter(key -> key.isUsable(now))
                        .map(ApiKey::principal)
                : Optional.empty();
    }

    /**
     * Reads the record again, because it was changed by this process: a new key is valid, and a revoked one is not, for every request that
     * begins after this method has returned.
     */
    void changed() {
        refreshing.lock();
        try {
            snapshot = read(snapshot, clock.instant());
        } catch (StorageException later) {
            // The change itself is recorded. The keys in memory are read again when they are not fresh any more.
            return;
        } finally {
            refreshing.unlock();
        }
    }

    /** Records the last uses that are not recorded yet. Idempotent. */
    @Override
    public void close() {
        recordUses();
    }

    private Snapshot current(Instant now) {
        Snapshot known = snapshot;
        if (known.isFresh(now)) {
            return known;
        }
        return known.isUsable(now) ? refreshUnlessBusy(known, now) : refresh(now);
    }

    /** While one thread reads the record, others use the keys in memory. */
    private Snapshot refreshUnlessBusy(Snapshot known, Instant now) {
        if (!refreshing.tryLock()) {
            return known;
        }
        try {
            return refresh(now);
        } catch (StorageException e) {
            // The keys in memory are recent enough.
            return known;
        } finally {
            refreshing.unlock();
        }
    }

    /** Returns keys that were read after {@code asked}, or are fresh. One thread reads for all that wait. */
    private Snapshot refresh(Instant asked) {
        refreshing.lock();
        try {
            Snapshot known = snapshot;
            Instant now = clock.instant();
            if (known.isFresh(now) || known.isBetween(asked, now)) {
                return known;
            }
            if (now.isBefore(failedAt.plus(FAILED))) {
                throw new StorageUnavailable("The keys can't be read at the moment", null);
            }
            snapshot = read(known, now);
            if (!now.isBefore(recordUsesAt)) {
                recordUsesAt = now.plus(USE_INTERVAL);
                recordUses();
            }
            return snapshot;
        } finally {
            refreshing.unlock();
        }
    }

    private Snapshot read(Snapshot known, Instant now) {
        try {
            long version = keys.version();
            return new Snapshot(version == known.version() ? known.byId() : read(), version, now);
        } catch (StorageException e) {
            failedAt = clock.instant();
            throw e;
        }
    }

    private Map<String, StoredKey> read() {
        Map<String, StoredKey> byId = new HashMap<>();
        keys.all().forEach(key -> byId.put(key.key().id(), key));
        return byId;
    }

    private void recordUses() {
        Map<String, Instant> seen = Map.copyOf(uses);
        if (seen.isEmpty()) {
            return;
        }
        try {
            keys.used(seen);
            seen.forEach(uses::remove);
        } catch (StorageException later) {
            return;
        }
    }
}
