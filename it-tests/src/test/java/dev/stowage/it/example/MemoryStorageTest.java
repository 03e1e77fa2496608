package dev.stowage.it.example;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.Quirk;
import dev.stowage.testkit.StorageContract;
import java.time.InstantSource;
import java.util.Map;

/** The storage contract on the example. */
final class MemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        MemoryConfig config = MemoryConfig.from(new Settings(Map.of("MEMORY_BUCKET", "example")));
        return new MemoryStorage(config, InstantSource.system());
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
