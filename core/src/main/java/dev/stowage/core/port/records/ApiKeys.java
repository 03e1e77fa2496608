package dev.stowage.core.port.records;

import dev.stowage.core.access.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable record of API keys. A change survives a crash once its method has returned. Safe for concurrent use, also by several
 * processes. Every method may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every
 * wait is bounded.
 */
public interface ApiKeys {

    /** The maximum number of keys, revoked ones included. Authentication holds all of them in memory. */
    int MAX_KEYS = 10_000;

    /**
     * Adds a new key.
     *
     * @throws dev.stowage.core.error.InvalidInput when there are already {@link #MAX_KEYS}
     */
    void add(StoredKey key);

    /** Returns a key, or empty when no key has that id. */
    Optional<StoredKey> find(String id);

    /** Returns all keys in the order of their creation. */
    List<StoredKey> all();

    /**
     * Replaces the stored key of the same id, except for its last use. A revoked key stays revoked, since the moment it first was, even when
     * another process had read it before that. Does nothing when there is no such key.
     */
    void replace(StoredKey key);

    /** Returns a number that grows with each {@link #add} and {@link #replace}, so that a cache of the keys can tell when to reload. */
    long version();

    /** Records last uses by key id. Ignores unknown keys, and times earlier than the recorded one. */
    void used(Map<String, Instant> uses);
}
