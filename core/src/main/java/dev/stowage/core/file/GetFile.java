package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;

/** Reads a file, or a range of it. */
public final class GetFile {

    private final ObjectStore store;
    private final AccessPolicy access;

    public GetFile(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /**
     * As {@link ObjectStore#read} has it.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to read it; the store is not asked
     */
    public <T> T get(Principal principal, ObjectKey key, ReadOptions options, ObjectReader<T> reader)
            throws IOException {
        access.check(principal, Action.READ, key);
        return store.read(key, options, reader);
    }
}
