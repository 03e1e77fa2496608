package dev.stowage.core.port;

import dev.stowage.core.config.Settings;

/**
 * The entry point of a storage adapter, found by {@link java.util.ServiceLoader}.
 *
 * <p>An adapter lists its implementation, which must be public and have a public constructor without parameters, in
 * {@code META-INF/services/dev.stowage.core.port.StorageProvider}. Its jars are put into {@code ADAPTER_PATH}, and
 * {@code STORAGE_ADAPTER} selects it by its {@link #name()}.
 */
public interface StorageProvider {

    /**
     * The version of the ports: of this package, and of the public types that it uses. It changes when an adapter for the previous version
     * would no longer work.
     */
    int PORT_VERSION = 2;

    /**
     * Returns the version of the ports that the adapter was compiled for: {@code return PORT_VERSION;}. The compiler copies the value into
     * the adapter, so that the service notices an adapter for another version when it starts, and says so.
     */
    int portVersion();

    /** Returns the value of {@code STORAGE_ADAPTER} that selects this adapter: lower-case letters, digits and dashes. */
    String name();

    /**
     * Reads the store's settings without opening anything. Reports every missing or invalid setting to {@code settings}; the result is not
     * used when there is any. Also called by commands that never open the store.
     */
    StorageOpener configure(Settings settings);
}
