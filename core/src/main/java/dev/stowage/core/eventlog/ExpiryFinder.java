package dev.stowage.core.eventlog;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.records.EventLog.Expiring;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that may expire, by rules or by themselves, among those that events tell of. The rules are read once, and again after
 * they have changed, so that publishing costs nothing more while there are none. To be used by one thread at a time.
 */
final class ExpiryFinder {

    private final ExpiryRecords records;
    private @Nullable LifecycleRules rules;

    ExpiryFinder(ExpiryRecords records) {
        this.records = records;
    }

    /** Reads the rules again before they are used. */
    void forgetRules() {
        rules = null;
    }

    Expiring among(List<Event> events) {
        if (rules == null) {
            rules = records.rules();
        }
        LifecycleRules current = rules;
        Map<ObjectKey, Instant> times = new LinkedHashMap<>();
        for (Event event : events) {
            if (event.type() == EventType.FILE_CREATED || event.type() == EventType.FILE_UPDATED) {
                dueAt(event, current)
                        .ifPresent(time -> times.merge(
                                event.key().orElseThrow(), time, (one, other) -> one.isBefore(other) ? one : other));
            }
        }
        List<DueFile> files = times.entrySet().stream()
                .map(file -> DueFile.at(file.getKey(), file.getValue()))
                .toList();
        return new Expiring(current.version(), files);
    }

    private static Optional<Instant> dueAt(Event event, LifecycleRules rules) {
        ObjectSummary file = new ObjectSummary(
                event.key().orElseThrow(), event.size().orElse(0), event.etag().orElseThrow(), event.time());
        return Stream.concat(rules.earliest(file).stream(), event.expiresAt().stream())
                .min(Comparator.naturalOrder());
    }
}
