package dev.stowage.sftp;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/** Selected by {@code STORAGE_ADAPTER=sftp}. */
public final class SftpProvider implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "sftp";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        SftpConfig config = SftpConfig.from(settings);
        return environment -> SftpStorage.open(config, environment.clock());
    }
}
