package dev.stowage.core.eventlog;

import dev.stowage.core.access.Origin;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.ChangeIntents;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A storage without a journal of its own, whose changes are recorded as events: an intent before each change, and the event after it. All
 * changes must use it and not the storage within. Otherwise it has the properties of the storage within.
 */
public final class EventStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final ChangeSettlement settlement;

    /**
     * @param storage closed with this one
     * @param intents of this process, which must hold a lease
     * @param origins the origin of what the calling thread does
     */
    public EventStorage(Storage storage, ChangeIntents intents, Supplier<Origin> origins, InstantSource clock) {
        super(storage);
        this.settlement = new ChangeSettlement(storage.objects(), intents, clock);
        ChangeRecorder recorder = new ChangeRecorder(intents, settlement, origins, clock);
        this.objects = new EventObjects(storage.objects(), recorder);
        this.uploads = new EventUploads(storage.uploads(), recorder);
    }

    /**
     * Records the changes whose outcome is unknown because a process ended during the change, or a response of the store was lost. Safe to
     * run concurrently with all other calls, and repeatedly.
     *
     * @return the number of intents that were settled
     * @throws dev.stowage.core.error.StorageException when the store or the record fails several times; the next call starts again
     */
    public int settle() {
        return settlement.settle();
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }
}
