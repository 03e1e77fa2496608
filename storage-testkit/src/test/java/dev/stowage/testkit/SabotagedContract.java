package dev.stowage.testkit;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;

/** The contract on a store with one defect. It is run by {@link SabotageTest}, which expects it to fail. */
abstract class SabotagedContract extends StorageContract {

    /** Returns the store with its defect. */
    abstract ObjectStore sabotage(ObjectStore correct);

    @Override
    protected final Storage open() {
        InMemoryStorage correct = new InMemoryStorage();
        ObjectStore sabotaged = sabotage(correct.objects());
        return new ForwardingStorage(correct) {
            @Override
            public ObjectStore objects() {
                return sabotaged;
            }
        };
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
