package dev.stowage.testkit;

import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Storage;
import java.time.InstantSource;
import java.util.Set;

/** The contract on a store without capabilities that requires parts of 1000 bytes. */
final class BareInMemoryStorageTest extends StorageContract {

    @Override
    protected Storage open() {
        return new InMemoryStorage(new PartLimits(1000, 10_000_000), Set.of(), InstantSource.system());
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
