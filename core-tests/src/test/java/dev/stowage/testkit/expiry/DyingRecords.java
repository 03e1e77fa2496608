package dev.stowage.testkit.expiry;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.lifecycle.RuleScan;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The record of a process that ends before it records what it has done. */
record DyingRecords(ExpiryRecords records) implements ExpiryRecords {

    @Override
    public LifecycleRules rules() {
        return records.rules();
    }

    @Override
    public boolean replace(long version, List<LifecycleRule> rules) {
        throw gone();
    }

    @Override
    public Optional<RuleScan> nextScan() {
        return records.nextScan();
    }

    @Override
    public boolean scanned(RuleScan scan, Optional<String> next, List<DueFile> found) {
        throw gone();
    }

    @Override
    public List<DueFile> due(Instant now, Optional<DueFile> after, int max) {
        return records.due(now, after, max);
    }

    @Override
    public void settle(List<DueFile> done, List<DueFile> postponed) {
        throw gone();
    }

    private static StorageUnavailable gone() {
        return new StorageUnavailable("gone", new IllegalStateException());
    }
}
