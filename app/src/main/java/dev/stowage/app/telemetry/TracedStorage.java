package dev.stowage.app.telemetry;

import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;

/** A store whose calls are observed. */
final class TracedStorage extends ForwardingStorage {

    private final ObjectStore objects;
    private final MultipartStore uploads;

    TracedStorage(Storage storage, Observer observer) {
        super(storage);
        this.objects = new TracedObjects(storage.objects(), observer);
        this.uploads = new TracedUploads(storage.uploads(), observer);
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
