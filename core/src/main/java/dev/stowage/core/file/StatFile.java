package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;

/** Tells what is known of a file without reading it. */
public final class StatFile {

    private final ObjectStore store;
    private final AccessPolicy access;

    public StatFile(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /**
     * As {@link ObjectStore#stat} has it.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to read it; the store is not asked
     */
    public Optional<ObjectInfo> stat(Principal principal, ObjectKey key) {
        access.check(principal, Action.READ, key);
        return store.stat(key);
    }
}
