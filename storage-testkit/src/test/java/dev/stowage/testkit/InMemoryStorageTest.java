package dev.stowage.testkit;

import dev.stowage.core.port.Storage;
import java.util.List;

/** The contract on the store that keeps everything on the heap, with all it can do. */
final class InMemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new InMemoryStorage();
    }

    @Override
    public long leftovers() {
        return 0;
    }

    @Override
    public List<Long> thresholds() {
        return List.of(1L << 20);
    }
}
