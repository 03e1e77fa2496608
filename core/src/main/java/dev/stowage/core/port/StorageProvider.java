package dev.stowage.core.port;

import dev.stowage.core.config.Settings;

/**
 * How a store is found: by {@link java.util.ServiceLoader}, on the class path.
 *
 * <p>An adapter names its implementation, public and with a public constructor without parameters, in
 * {@code META-INF/services/dev.stowage.core.port.StorageProvider}; {@code STORAGE_ADAPTER} then selects it by {@link #name()}.
 */
public interface StorageProvider {

    /** What {@code STORAGE_ADAPTER} calls it: lower-case letters, digits and dashes. */
    String name();

    /**
     * Reads the store's settings and opens nothing. What is missing or wrong is noted in {@code settings}, all of it; when
     * anything was, the result is never used.
     */
    StorageOpener configure(Settings settings);
}
