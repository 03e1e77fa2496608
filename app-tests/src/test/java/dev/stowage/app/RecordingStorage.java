package dev.stowage.app;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.testkit.InMemoryStorage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts how often it was closed. */
final class RecordingStorage extends ForwardingStorage {

    private final AtomicInteger closed = new AtomicInteger();

    RecordingStorage() {
        super(new InMemoryStorage());
    }

    int timesClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
