package dev.stowage.testkit.names;

import dev.stowage.core.adapter.EscapedNames;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.Quirk;
import dev.stowage.testkit.StorageContract;
import java.util.Map;

/** The contract on a store whose names have no capital letters, dots, spaces and backslashes: by {@link EscapedNames} it has all keys. */
final class EscapedNamesContractTest extends StorageContract {

    private final EscapedNames names = new EscapedNames("ABCDEFGHIJKLMNOPQRSTUVWXYZ. \\");

    @Override
    protected Storage open() {
        InMemoryStorage store = new InMemoryStorage();
        ObjectStore objects = new NarrowObjects(store.objects(), names);
        MultipartStore uploads = new NarrowUploads(store.uploads(), names);
        return new ForwardingStorage(store) {
            @Override
            public ObjectStore objects() {
                return objects;
            }

            @Override
            public MultipartStore uploads() {
                return uploads;
            }
        };
    }

    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(Quirk.KEEPS_OBJECTS_IN_MEMORY, "this is a store in memory");
    }

    @Override
    public Map<String, String> knownFailures() {
        return Map.of("put_underLongestKeys_stores", "names have at most 1024 characters, too few for a long key");
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
