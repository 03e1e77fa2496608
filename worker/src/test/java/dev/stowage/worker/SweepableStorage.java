package dev.stowage.worker;

import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.util.Optional;

/** A store of which it can be chosen how it tidies up. */
record SweepableStorage(Storage storage, Maintenance housekeeping) implements Storage {

    @Override
    public ObjectStore objects() {
        return storage.objects();
    }

    @Override
    public MultipartStore uploads() {
        return storage.uploads();
    }

    @Override
    public String bucket() {
        return storage.bucket();
    }

    @Override
    public String description() {
        return storage.description();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(housekeeping);
    }

    @Override
    public void check() {
        storage.check();
    }

    @Override
    public void close() {
        storage.close();
    }
}
