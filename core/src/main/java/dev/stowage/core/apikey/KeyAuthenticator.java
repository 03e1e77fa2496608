package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.ApiKeys;
import dev.stowage.core.port.Authenticator;
import dev.stowage.core.port.Principals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Authenticates by API keys. All keys are in memory, and the record is checked for changes a few dozen times per second at most. A key that
 * another process creates, revokes or rotates therefore takes effect almost at once, while thousands of wrong keys cost nothing.
 */
final class KeyAuthenticator implements Authenticator, Principals, AutoCloseable {

    private static final Duration FRESH = Duration.ofMillis(20);
    /** How long the keys in memory may be used while the record is unavailable. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** How long after a failure the record is not read again, so that waiting threads don't fail one after the other. */
    private static final Duration FAILED = Duration.ofSeconds(1);

    private static final Duration NOTE_USES = Duration.ofMinutes(1);

    private final ApiKeys keys;
    private final InstantSource clock;
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    /** Compared when there is no such key, so that both cases take the same time. */
    private final SecretDigest unknown =
            SecretDigest.of(KeyText.salt(), KeyText.random().secret());

    private volatile Snapshot snapshot = new Snapshot(Map.of(), -1, Instant.MIN);
    private volatile Instant noteUsesAt;
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

    KeyAuthenticator(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        this.noteUsesAt = clock.instant().plus(NOTE_USES);
    }

    @Override
    public Optional<Principal> authenticate(Secret credential) {
        Optional<KeyText> text = KeyText.parse(credential);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Snapshot known = current(now);
        Optional<Principal> admitted = admit(text.get(), known, now);
        // The key may have been created or rotated since the keys in memory were read.
        return admitted.isPresent() || known.isFresh(now) ? admitted : admit(text.get(), refresh(now), now);
    }

    private Optional<Principal> admit(KeyText text, Snapshot known, Instant now) {
        StoredKey stored = known.byId().get(text.id());
        if (stored == null) {
            boolean unused = unknown.matches(text.secret());
            return Optional.empty();
        }
        if (!stored.admits(text.secret(), now)) {
            return Optional.empty();
        }
        uses.put(stored.key().id(), now.truncatedTo(ChronoUnit.MINUTES));
        return Optional.of(stored.key().principal());
    }

    @Override
    public Optional<Principal> find(String id) {
        Instant now = clock.instant();
        return id.startsWith(ApiKey.PRINCIPAL)
                ? Optional.ofNullable(current(now).byId().get(id.substring(ApiKey.PRINCIPAL.length())))
                        .map(StoredKey::key)
                        .filter(key -> key.isGood(now))
                        .map(ApiKey::principal)
                : Optional.empty();
    }

    /** Records the last uses that are not recorded yet. Idempotent. */
    @Override
    public void close() {
        noteUses();
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
            if (!now.isBefore(noteUsesAt)) {
                noteUsesAt = now.plus(NOTE_USES);
                noteUses();
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

    private void noteUses() {
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
