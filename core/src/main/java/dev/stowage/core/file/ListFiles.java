package dev.stowage.core.file;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;

/** Lists files by prefix, a page at a time. */
public final class ListFiles {

    private final ObjectStore store;
    private final AccessPolicy access;

    public ListFiles(ObjectStore store, AccessPolicy access) {
        this.store = store;
        this.access = access;
    }

    /**
     * As {@link ObjectStore#list} has it, without what is hidden from clients.
     *
     * @throws dev.stowage.core.error.AccessDenied when {@code principal} has no right to read all that begins with the prefix
     */
    public ObjectPage list(Principal principal, ListQuery query) {
        access.check(principal, Action.READ, query.prefix());
        return store.list(query).visible();
    }
}
