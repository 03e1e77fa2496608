package dev.stowage.core.apikey;

import dev.stowage.core.access.StoredKey;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports changes of keys after they are recorded.
 *
 * @param changed called by the thread that made the change, before its method returns; must not throw
 */
record WatchedKeys(ApiKeys keys, Runnable changed) implements ApiKeys {

    @Override
    public void add(StoredKey key) {
        keys.add(key);
        changed.run();
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
        changed.run();
    }

    @Override
    public long version() {
        return keys.version();
    }

    @Override
    public void used(Map<String, Instant> uses) {
        keys.used(uses);
    }
}
