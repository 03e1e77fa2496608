package dev.stowage.app.stores;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import dev.stowage.testkit.InMemoryStorage;

/** A store that always opens. */
public final class MemoryStore implements StorageProvider {

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
        return environment -> new InMemoryStorage();
    }
}
