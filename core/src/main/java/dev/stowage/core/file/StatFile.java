package dev.stowage.core.file;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectStore;
import java.util.Optional;

/** Tells what is known of a file without reading it. */
public final class StatFile {

    private final ObjectStore store;

    public StatFile(ObjectStore store) {
        this.store = store;
    }

    /** As {@link ObjectStore#stat} has it. */
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return store.stat(key);
    }
}
