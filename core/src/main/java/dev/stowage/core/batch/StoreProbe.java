package dev.stowage.core.batch;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;

/** Questions of operations to a store. */
final class StoreProbe {

    private static final ListQuery ONE_KEY = new ListQuery(KeyPrefix.ALL, Optional.empty(), 1, Optional.empty());

    private StoreProbe() {}

    /** Returns the properties of a file. @throws NotFound when there is none */
    static ObjectInfo find(ObjectStore store, ObjectKey key) {
        return store.stat(key).orElseThrow(() -> NotFound.file(key.value()));
    }

    /**
     * Lists one key of the store, in one call, and returns whether the store responded: tells an unavailable store from a single object that
     * can't be reached. A rejection is a response, too.
     */
    static boolean answers(ObjectStore store) {
        try {
            ObjectPage unused = store.list(ONE_KEY);
            return true;
        } catch (StorageUnavailable e) {
            return false;
        } catch (StorageException e) {
            return true;
        }
    }
}
