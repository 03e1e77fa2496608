package dev.stowage.app.stores;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;
import java.net.ConnectException;

/** A store that never opens. */
public final class UnreachableStore implements StorageProvider {

    @Override
    public int portVersion() {
        return PORT_VERSION;
    }

    @Override
    public String name() {
        return "unreachable";
    }

    @Override
    public StorageOpener configure(Settings settings) {
        return environment -> {
            throw new StorageUnavailable("Connection refused; start the store", new ConnectException("refused"));
        };
    }
}
