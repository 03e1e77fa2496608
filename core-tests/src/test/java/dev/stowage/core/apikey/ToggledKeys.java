package dev.stowage.core.apikey;

import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that can be made unavailable. */
final class ToggledKeys implements ApiKeys {
    private final ApiKeys keys;
    boolean away;
    volatile Runnable afterVersion = () -> {};

    ToggledKeys(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public void add(StoredKey key) {
        keys.add(key);
    }

    @Override
    public Optional<StoredKey> find(String id) {
        return keys.find(id);
    }

    @Override
    public List<StoredKey> all() {
        return keys.all();
    }

    @Override
    public void replace(StoredKey key) {
        keys.replace(key);
    }

    @Override
    public long version() {
        if (away) {
            throw new StorageUnavailable("away", null);
        }
        long version = keys.version();
        afterVersion.run();
        return version;
    }

    @Override
    public void used(Map<String, Instant> uses) {
        keys.used(uses);
    }
}
