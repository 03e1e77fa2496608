package dev.stowage.core.eventlog;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The log of events, for principals. A principal sees the events of files that it may read, and of its own jobs. Safe for concurrent use.
 */
public final class Events {

    /** The events that one call looks at, at most. */
    private static final int MAX_EVENTS_READ = 10 * EventLog.MAX_AT_ONCE;

    private final EventLog log;
    private final EventPublisher publisher;
    private final AccessPolicy access;

    public Events(EventPublisher publisher, AccessPolicy access) {
        this.log = publisher.log();
        this.publisher = publisher;
        this.access = access;
    }

    /**
     * Checks that a principal may see any events.
     *
     * @throws dev.stowage.core.error.AccessDenied when it has no right to read
     */
    public void check(Principal principal) {
        access.check(principal, Action.READ);
    }

    /** Returns the position after all events that were recorded before the call. */
    public long last(Principal principal) {
        check(principal);
        return publisher.last();
    }

    /**
     * Returns events by their ids. A change whose response has arrived before the call is among them, or among those of the next pages.
     *
     * @param after the id of the last event that is known; 0 to begin with the oldest
     * @param limit 1 to {@link PageLimit#MAX}
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to read
     * @throws InvalidInput when the limit is out of bounds, and when there is no event with the id
     */
    public Page after(Principal principal, Filter filter, long after, int limit) {
        check(principal);
        int max = PageLimit.check(limit);
        boolean waiting = publisher.publish();
        EventLog.Range range = log.range();
        if (after > range.last()) {
            throw InvalidInput.ofField(
                    "after",
                    "There is no event with the id " + after
                            + "; continue after one that you have received, or begin again" + " without an id");
        }
        long position = Math.max(after, range.pruned());
        List<LoggedEvent> seen = new ArrayList<>();
        for (int looked = 0; looked < MAX_EVENTS_READ && seen.size() < max; looked += EventLog.MAX_AT_ONCE) {
            List<LoggedEvent> page = log.after(position, EventLog.MAX_AT_ONCE);
            for (LoggedEvent event : page) {
                if (seen.size() == max) {
                    break;
                }
                position = event.id();
                if (filter.admits(event.event(), principal, access.permissions())) {
                    seen.add(event);
                }
            }
            if (page.size() < EventLog.MAX_AT_ONCE) {
                break;
            }
        }
        return new Page(seen, position, waiting || position < range.last(), after < range.pruned());
    }

    /**
     * A page of events.
     *
     * @param events unmodifiable; may be empty although more events follow
     * @param position where the next page begins: the id of the last event that was looked at
     * @param more whether events after the position are known
     * @param missed whether events after the position that was asked for have been deleted, because they are older than the retention
     */
    public record Page(List<LoggedEvent> events, long position, boolean more, boolean missed) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /**
     * Which events are asked for.
     *
     * @param types unmodifiable; empty for all
     * @param prefix of the files' keys; empty for all, and then also events without a key
     */
    public record Filter(Set<EventType> types, Optional<KeyPrefix> prefix) {

        /** All events. */
        public static final Filter ALL = new Filter(Set.of(), Optional.empty());

        public Filter {
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
}
