package dev.stowage.testkit;

import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Storage;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The contract on a store without capabilities that requires parts of 1000 bytes. */
final class BareInMemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new InMemoryStorage(new PartLimits(1000, 10_000_000), Set.of(), InstantSource.system());
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
