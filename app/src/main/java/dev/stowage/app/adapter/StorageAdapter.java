package dev.stowage.app.adapter;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageProvider;

/**
 * An adapter whose provider was loaded.
 *
 * @param name that selects it
 * @param code runs its code
 * @param isolated whether it has a class loader of its own
 */
record StorageAdapter(String name, StorageProvider provider, AdapterCode code, boolean isolated) {

    /** The configured store. If the adapter fails instead of reading its settings, the store can't be opened. */
    StorageOpener configure(Settings settings) {
        try {
            StorageOpener opener = code.prepare(() -> provider.configure(settings));
            return new AdapterOpener(opener, code, isolated);
        } catch (StorageException e) {
            return new UnusableStore(String.valueOf(e.getMessage()), e);
        }
    }

    /** The provider's class and where it was found. */
    String description() {
        return provider.getClass().getName() + " in " + code.origin();
    }
}
