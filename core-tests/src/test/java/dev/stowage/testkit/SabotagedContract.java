package dev.stowage.testkit;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.util.List;
import java.util.Map;

/** The contract on a store with one defect. It is run by {@link SabotageTest}, which expects it to fail. */
abstract class SabotagedContract extends StorageContract {

    /** Returns the store of objects, with its defect if it is there. */
    ObjectStore sabotage(ObjectStore correct) {
        return correct;
    }

    /** Returns the store of uploads, with its defect if it is there. */
    MultipartStore sabotage(MultipartStore correct) {
        return correct;
    }

    /** Returns the store, with its defect if it is neither in objects nor in uploads. */
    Storage sabotage(Storage correct) {
        return correct;
    }

    @Override
    protected final Storage open() {
        InMemoryStorage correct = new InMemoryStorage();
        ObjectStore objects = sabotage(correct.objects());
        MultipartStore uploads = sabotage(correct.uploads());
        return sabotage(new ForwardingStorage(correct) {
            @Override
            public ObjectStore objects() {
                return objects;
            }

            @Override
            public MultipartStore uploads() {
                return uploads;
            }
        });
    }

    @Override
    public long leftovers() {
        return 0;
    }

    @Override
    public List<Long> thresholds() {
        return List.of(1L << 20);
    }

    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(Quirk.KEEPS_OBJECTS_IN_MEMORY, "this is a store in memory");
    }
}
