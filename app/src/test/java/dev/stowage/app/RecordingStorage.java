package dev.stowage.app;

import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts how often it was closed. */
final class RecordingStorage implements Storage {

    private final Storage storage = new InMemoryStorage();
    private final AtomicInteger closed = new AtomicInteger();

    int timesClosed() {
        return closed.get();
    }

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
    public void check() {
        storage.check();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
