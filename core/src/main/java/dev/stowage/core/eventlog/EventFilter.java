package dev.stowage.core.eventlog;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.key.KeyPrefix;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are asked for.
 *
 * @param types unmodifiable; empty for all
 * @param prefix of the files' keys; empty for all, and then also events without a key
 */
public record EventFilter(Set<EventType> types, Optional<KeyPrefix> prefix) {

    /** All events. */
    public static final EventFilter ALL = new EventFilter(Set.of(), Optional.empty());

    public EventFilter {
        types = Set.copyOf(types);
    }

    /** Whether an event is one of those. */
    public boolean matches(Event event) {
        return (types.isEmpty() || types.contains(event.type()))
                && prefix.map(wanted -> event.key().filter(wanted::contains).isPresent())
                        .orElse(true);
    }
}
