package dev.stowage.core.apikey;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.port.ApiKeys;
import java.util.List;

/** Lists API keys. */
public final class ListKeys {

    private final ApiKeys keys;

    public ListKeys(ApiKeys keys) {
        this.keys = keys;
    }

    /** All of them, by the time they were made, those that work no more included. */
    public List<ApiKey> list() {
        return keys.all().stream().map(StoredKey::key).toList();
    }
}
