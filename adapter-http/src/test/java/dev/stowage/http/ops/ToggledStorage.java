package dev.stowage.http.ops;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that can be made unavailable. */
final class ToggledStorage extends ForwardingStorage {

    private final AtomicInteger checks = new AtomicInteger();
    private volatile boolean up = true;

    ToggledStorage(Storage target) {
        super(target);
    }

    static ToggledStorage down() {
        ToggledStorage storage = new ToggledStorage(new InMemoryStorage());
        storage.turn(false);
        return storage;
    }

    void turn(boolean on) {
        up = on;
    }

    /** The number of checks. */
    int checks() {
        return checks.get();
    }

    @Override
    public void check() {
        checks.incrementAndGet();
        if (!up) {
            throw new StorageUnavailable("The store does not respond", new IOException("store-17.internal"));
        }
    }
}
