package dev.stowage.local;

import dev.stowage.core.port.Storage;
import dev.stowage.testkit.StorageContract;
import dev.stowage.testkit.TestClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The storage contract on the embedded store. */
final class LocalStorageContractTest extends StorageContract {

    private final TestClock clock = new TestClock(Instant.parse("2025-06-01T12:00:00Z"));

    @TempDir
    private static Path folder;

    @Override
    protected Storage open() {
        return new DataFolder(folder).open(clock);
    }

    @Override
    public Optional<TestClock> clock() {
        return Optional.of(clock);
    }

    @Override
    public long leftovers() {
        return new DataFolder(folder).strays();
    }

    /** The largest size stored in the index, and the sizes of write and read buffers. */
    @Override
    public List<Long> thresholds() {
        return List.of(16L << 10, 128L << 10, 256L << 10);
    }

    /** Large objects take half a minute, and are stored on request only: {@code -Dstowage.large=true}. */
    @Override
    public boolean holds(long size) {
        return Boolean.getBoolean("stowage.large") && super.holds(size);
    }
}
