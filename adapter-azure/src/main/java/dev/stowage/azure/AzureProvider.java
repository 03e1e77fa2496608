package dev.stowage.azure;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** The entry point, named in {@code META-INF/services}. {@code STORAGE_ADAPTER=azure} selects it. */
public final class AzureProvider implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "azure";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        AzureConfig config = AzureConfig.read(settings);
        return environment -> AzureStorage.open(config, environment.clock());
    }
}
