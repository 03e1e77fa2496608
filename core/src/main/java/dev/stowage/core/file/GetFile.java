package dev.stowage.core.file;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;

/** Reads a file, or a range of it. */
public final class GetFile {

    private final ObjectStore store;

    public GetFile(ObjectStore store) {
        this.store = store;
    }

    /** As {@link ObjectStore#read} has it. */
    public <T> T get(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return store.read(key, options, reader);
    }
}
