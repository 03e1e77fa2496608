package dev.stowage.core.eventlog;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
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

    /** Whether an event is one of those, and a principal may see it: it may read the file, or owns the job or the webhook. */
    public boolean admits(Event event, Principal principal, Permissions permissions) {
        return matches(event) && isVisible(event, principal, permissions);
    }

    private static boolean isVisible(Event event, Principal principal, Permissions permissions) {
        return event.key()
                .map(key -> permissions.allows(principal, Action.READ, key))
                .orElseGet(() -> principal.owns(event.origin().principal())
                        && principal.rights().actions().contains(action(event.type())));
    }

    /** The action that events without a key need. */
    private static Action action(EventType type) {
        return type == EventType.WEBHOOK_DISABLED ? Action.WEBHOOKS : Action.JOBS;
    }
}
