package dev.stowage.testkit;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.lifecycle.RuleScan;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The expiry of files in memory. Safe for concurrent use. */
public final class InMemoryExpiry implements ExpiryRecords {

    private static final Comparator<DueFile> ORDER = Comparator.comparing(DueFile::dueAt)
            .thenComparing(file -> file.key().value());

    private final Map<ObjectKey, DueFile> files = new HashMap<>();
    private final List<RuleScan> scans = new ArrayList<>();
    private LifecycleRules rules = LifecycleRules.NONE;
    private long revision;

    @Override
    public synchronized LifecycleRules rules() {
        return rules;
    }

    @Override
    public synchronized boolean replace(long version, List<LifecycleRule> all) {
        if (rules.version() != version) {
            return false;
        }
        List<LifecycleRule> sorted = all.stream()
                .sorted(Comparator.comparing(
                                (LifecycleRule rule) -> rule.prefix().value())
                        .thenComparing(LifecycleRule::id))
                .toList();
        scans.removeIf(scan -> !sorted.contains(scan.rule()));
        sorted.stream()
                .filter(rule -> !rules.all().contains(rule))
                .forEach(rule -> scans.add(new RuleScan(rule, version + 1, Optional.empty())));
        rules = new LifecycleRules(version + 1, sorted);
        return true;
    }

    @Override
    public synchronized Optional<RuleScan> nextScan() {
        return scans.stream().findFirst();
    }

    @Override
    public synchronized boolean scanned(RuleScan scan, Optional<String> next, List<DueFile> found) {
        int index = scans.indexOf(scan);
        if (index < 0) {
            return false;
        }
        if (next.isPresent()) {
            scans.set(index, new RuleScan(scan.rule(), scan.version(), next));
        } else {
            scans.remove(index);
        }
        add(found);
        return true;
    }

    synchronized void add(List<DueFile> found) {
        revision++;
        for (DueFile file : found) {
            Instant before = Optional.ofNullable(files.get(file.key()))
                    .map(DueFile::dueAt)
                    .orElse(file.dueAt());
            Instant time = file.dueAt().isBefore(before) ? file.dueAt() : before;
            files.put(file.key(), new DueFile(file.key(), time, revision));
        }
    }

    @Override
    public synchronized List<DueFile> due(Instant now, Optional<DueFile> after, int max) {
        return files.values().stream()
                .filter(file -> !file.dueAt().isAfter(now))
                .filter(file -> after.isEmpty() || ORDER.compare(file, after.get()) > 0)
                .sorted(ORDER)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized void settle(List<DueFile> done, List<DueFile> postponed) {
        done.stream().filter(this::isCurrent).forEach(file -> files.remove(file.key()));
        postponed.stream().filter(this::isCurrent).forEach(file -> files.put(file.key(), file));
    }

    private boolean isCurrent(DueFile file) {
        DueFile current = files.get(file.key());
        return current != null && current.revision() == file.revision();
    }
}
