package dev.stowage.core.apikey;

import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.ApiKeys;

/** Finds keys, and says so when there is none. */
final class KnownKey {

    private KnownKey() {}

    /** @throws InvalidInput when there is no such key */
    static StoredKey get(ApiKeys keys, String id) {
        return keys.find(id)
                .orElseThrow(() -> new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "There is no key with this id; the list has the ids of all"));
    }
}
