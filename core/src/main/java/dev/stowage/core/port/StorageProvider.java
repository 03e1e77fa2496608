package dev.stowage.core.port;

import dev.stowage.core.config.Settings;

/**
 * The entry point of a storage adapter, found by {@link java.util.ServiceLoader} on the class path.
 *
 * <p>An adapter lists its implementation, which must be public and have a public constructor without parameters, in
 * {@code META-INF/services/dev.stowage.core.port.StorageProvider}. {@code STORAGE_ADAPTER} selects it by its {@link #name()}.
 */
public interface StorageProvider {

    /** Returns the value of {@code STORAGE_ADAPTER} that selects this adapter: lower-case letters, digits and dashes. */
    String name();

    /**
     * Reads the store's settings without opening anything. Reports every missing or invalid setting to {@code settings}; the result is not
     * used when there is any.
     */
    StorageOpener configure(Settings settings);
}
