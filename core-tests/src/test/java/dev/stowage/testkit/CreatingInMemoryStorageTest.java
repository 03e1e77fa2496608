package dev.stowage.testkit;

import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Storage;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The contract on a store that can only create objects under a condition, and has no other capabilities. */
final class CreatingInMemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new InMemoryStorage(InMemoryStorage.TINY_PARTS, Set.of(Capability.IF_ABSENT), InstantSource.system());
    }

    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(Quirk.KEEPS_OBJECTS_IN_MEMORY, "this is a store in memory");
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
