package dev.stowage.http;

import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;

/** A storage with an object store of the test's own, and without signed URLs. */
record StorageOf(ObjectStore objects) implements Storage {

    @Override
    public MultipartStore uploads() {
        return new InMemoryStorage().uploads();
    }

    @Override
    public String bucket() {
        return "files";
    }

    @Override
    public String description() {
        return "a store of a test";
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
}
