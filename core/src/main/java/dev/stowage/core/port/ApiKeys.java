package dev.stowage.core.port;

import dev.stowage.core.access.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable record of API keys. What a method has returned from survives a crash. Safe for concurrent use, by several processes too.
 * Every method may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is
 * bounded.
 */
public interface ApiKeys {

    /** The most keys on record, revoked ones included: whoever tells who brings one has them all in memory. */
    int MAX_KEYS = 10_000;

    /**
     * Notes a new key.
     *
     * @throws dev.stowage.core.error.InvalidInput when there are {@link #MAX_KEYS} already
     */
    void add(StoredKey key);

    /** A key; empty when there is none of that id. */
    Optional<StoredKey> find(String id);

    /** All keys, by the time they were made. */
    List<StoredKey> all();

    /** Puts a key in the place of what is on record under its id, but for its last use. Where there is none it changes nothing. */
    void replace(StoredKey key);

    /** Grows with each {@link #add} and {@link #replace}, so that whoever has the keys in memory knows when to read them again. */
    long version();

    /** Notes last uses by the keys' ids; earlier ones than those on record, and those of unknown keys, change nothing. */
    void used(Map<String, Instant> uses);
}
