package dev.stowage.testkit;

import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Storage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contract on the store in memory, with all capabilities. */
final class InMemoryStorageTest extends StorageContract {

    private final TestClock clock = new TestClock(Instant.parse("2025-06-01T12:00:00Z"));

    @Override
    protected Storage open() {
        return new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
    }

    @Override
    public Optional<TestClock> clock() {
        return Optional.of(clock);
    }

    @Override
    public Map<Quirk, String> quirks() {
        return Map.of(Quirk.KEEPS_OBJECTS_IN_MEMORY, "this is a store in memory");
    }

    @Override
    public long leftovers() {
        return 0;
    }

    @Override
    public List<Long> thresholds() {
        return List.of(1L << 20);
    }
}
