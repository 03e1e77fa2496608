package dev.stowage.testkit.quota;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Storage;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.Quirk;
import dev.stowage.testkit.StorageContract;
import dev.stowage.testkit.TestClock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;

/** A store with quotas satisfies the contract, and its sizes are exact after every test. */
final class QuotaStorageContractTest extends StorageContract {

    private final TestClock clock = new TestClock(Instant.parse("2025-06-01T12:00:00Z"));
    private final InMemoryStorage memory =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), clock);
    private final InMemoryUsage usage = new InMemoryUsage();
    private final ProjectQuotas quotas =
            new ProjectQuotas(KeyLayout.parse("{project_id}/{file**}"), OptionalLong.of(1L << 40), Map.of());

    private boolean opened;

    /** Opens the counted store first, and others for tests of closing. */
    @Override
    protected Storage open() {
        if (opened) {
            return new QuotaStorage(new InMemoryStorage(), new InMemoryUsage(), new InMemorySessions(), quotas, clock);
        }
        opened = true;
        return new QuotaStorage(memory, usage, new InMemorySessions(), quotas, clock);
    }

    @AfterEach
    void everything_isCountedExactly() {
        UsageAssertions.assertCounted(memory.objects(), usage, quotas);
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
