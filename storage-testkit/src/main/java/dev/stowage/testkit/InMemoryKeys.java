package dev.stowage.testkit;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API keys in memory, for tests of what uses them. Safe for concurrent use. */
public final class InMemoryKeys implements ApiKeys {

    private final Map<String, StoredKey> keys = new HashMap<>();
    private long version;

    @Override
    public synchronized void add(StoredKey key) {
        if (keys.size() >= MAX_KEYS) {
            throw new InvalidInput(ErrorCode.INVALID_REQUEST, "There are " + MAX_KEYS + " keys already");
        }
        keys.put(key.key().id(), key);
        version++;
    }

    @Override
    public synchronized Optional<StoredKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public synchronized List<StoredKey> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing((StoredKey stored) -> stored.key().createdAt())
                        .thenComparing(stored -> stored.key().id()))
                .toList();
    }

    @Override
    public synchronized void replace(StoredKey stored) {
        version++;
        StoredKey unused = keys.computeIfPresent(
                stored.key().id(),
                (id, before) -> with(
                        stored,
                        before.key().revokedAt().or(stored.key()::revokedAt),
                        before.key().usedAt()));
    }

    @Override
    public synchronized long version() {
        return version;
    }

    @Override
    public synchronized void used(Map<String, Instant> uses) {
        uses.forEach((id, time) -> {
            StoredKey unused = keys.computeIfPresent(
                    id,
                    (known, stored) ->
                            stored.key().usedAt().filter(time::isBefore).isPresent()
                                    ? stored
                                    : with(stored, stored.key().revokedAt(), Optional.of(time)));
        });
    }

    private static StoredKey with(StoredKey stored, Optional<Instant> revokedAt, Optional<Instant> usedAt) {
        ApiKey key = stored.key();
        ApiKey next = new ApiKey(
                key.id(), key.name(), key.rights(), key.createdAt(), key.expiresAt(), revokedAt, usedAt, key.s3());
        return new StoredKey(next, stored.digest(), stored.old());
    }
}
