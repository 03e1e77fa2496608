package dev.stowage.it.example;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** Makes the example available as {@code STORAGE_ADAPTER=memory}. */
public final class MemoryProvider implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        MemoryConfig config = MemoryConfig.from(settings);
        return environment -> new MemoryStorage(config, environment.clock());
    }
}
