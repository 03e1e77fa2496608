package dev.stowage.core.eventlog;

import dev.stowage.core.access.Origin;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.records.ChangeIntents;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Records an intent before each change of the store, and its events afterwards. Safe for concurrent use. */
final class ChangeRecorder {

    private final ChangeIntents intents;
    private final ChangeSettlement settlement;
    private final Supplier<Origin> origins;
    private final InstantSource clock;

    ChangeRecorder(ChangeIntents intents, ChangeSettlement settlement, Supplier<Origin> origins, InstantSource clock) {
        this.intents = intents;
        this.settlement = settlement;
        this.origins = origins;
        this.clock = clock;
    }

    /** An object that was stored, and the type of the event. */
    record Stored(ObjectInfo info, EventType type) {}

    /** The type of a write of which only the condition tells whether there was an object before. */
    static EventType typeUnder(WriteCondition condition) {
        return condition instanceof WriteCondition.IfMatch ? EventType.FILE_UPDATED : EventType.FILE_CREATED;
    }

    /**
     * Writes an object.
     *
     * @param stored returns what was written; empty when the store did nothing
     */
    <T> T write(ObjectKey key, Supplier<T> write, Function<T, Optional<Stored>> stored) {
        if (!Event.concerns(key)) {
            return write.get();
        }
        Origin origin = origins.get();
        List<ChangeIntents.Intent> begun = begin(List.of(key), false, origin);
        T result = attempt(begun, write);
        Instant now = now();
        settlement.end(
                begun,
                stored.apply(result).stream()
                        .map(made -> Event.stored(made.type(), made.info(), now, origin))
                        .toList());
        return result;
    }

    /** Deletes objects. */
    List<DeleteResult> delete(List<ObjectKey> keys, Supplier<List<DeleteResult>> delete) {
        List<ObjectKey> concerned = keys.stream().filter(Event::concerns).toList();
        if (concerned.isEmpty()) {
            return delete.get();
        }
        Origin origin = origins.get();
        List<ChangeIntents.Intent> begun = begin(concerned, true, origin);
        List<DeleteResult> results = attempt(begun, delete);
        Instant now = now();
        List<Event> events = new ArrayList<>();
        Set<ObjectKey> unknown = new HashSet<>();
        for (DeleteResult result : results) {
            if (result instanceof DeleteResult.Deleted && Event.concerns(result.key())) {
                events.add(Event.deleted(result.key(), now, origin));
            } else if (result instanceof DeleteResult.Failed failed && failed.reason() instanceof StorageUnavailable) {
                unknown.add(result.key());
            }
        }
        settlement.end(
                begun.stream().filter(intent -> !unknown.contains(intent.key())).toList(), events);
        settlement.markUncertain(
                begun.stream().filter(intent -> unknown.contains(intent.key())).toList());
        return results;
    }

    private List<ChangeIntents.Intent> begin(List<ObjectKey> keys, boolean deletion, Origin origin) {
        settlement.catchUp();
        return intents.begin(keys, deletion, origin, now());
    }

    private <T> T attempt(List<ChangeIntents.Intent> begun, Supplier<T> change) {
        boolean decided = false;
        try {
            T result = change.get();
            decided = true;
            return result;
        } catch (StorageUnavailable e) {
            throw e;
        } catch (StorageException e) {
            decided = true;
            settlement.end(begun, List.of());
            throw e;
        } finally {
            if (!decided) {
                settlement.markUncertain(begun);
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
