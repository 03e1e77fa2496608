package com.example.stowage;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** The entry point, named in {@code META-INF/services}. {@code STORAGE_ADAPTER=example} selects it. */
public final class ExampleProvider implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "example";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        ExampleConfig config = ExampleConfig.from(settings);
        return environment -> new ExampleStorage(config, environment.clock());
    }
}
