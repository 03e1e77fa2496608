package dev.stowage.testkit;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;

/** The contract on a store with one defect. It is run by {@link SabotageTest}, which expects it to fail. */
abstract class SabotagedContract extends StorageContract {

    /** Returns the store with its defect. */
    abstract ObjectStore sabotage(ObjectStore sound);

    @Override
    protected final Storage open() {
        InMemoryStorage sound = new InMemoryStorage();
        ObjectStore sabotaged = sabotage(sound.objects());
        return new ForwardingStorage(sound) {
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
