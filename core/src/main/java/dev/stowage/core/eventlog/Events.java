package dev.stowage.core.eventlog;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.EventRange;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.port.EventLog;
import dev.stowage.core.port.PageLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The log of events, for principals. A principal sees the events of files that it may read, and of its own jobs. Safe for concurrent use.
 */
public final class Events {

    /** The events that one call looks at, at most. */
    private static final int LOOKS = 10 * EventLog.MAX_AT_ONCE;

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
    public EventPage after(Principal principal, EventFilter filter, long after, int limit) {
        check(principal);
        int max = PageLimit.check(limit);
        boolean waiting = publisher.publish();
        EventRange range = log.range();
        if (after > range.last()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "There is no event with the id " + after
                            + "; continue after one that you have received, or begin again" + " without an id",
                    Map.of("field", "after"));
        }
        long position = Math.max(after, range.pruned());
        List<LoggedEvent> seen = new ArrayList<>();
        for (int looked = 0; looked < LOOKS && seen.size() < max; looked += EventLog.MAX_AT_ONCE) {
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
        return new EventPage(seen, position, waiting || position < range.last(), after < range.pruned());
    }
}
