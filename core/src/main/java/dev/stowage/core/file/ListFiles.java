package dev.stowage.core.file;

import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;

/** Lists files by prefix, a page at a time. */
public final class ListFiles {

    private final ObjectStore store;

    public ListFiles(ObjectStore store) {
        this.store = store;
    }

    /** As {@link ObjectStore#list} has it. */
    public ObjectPage list(ListQuery query) {
        return store.list(query);
    }
}
