package dev.stowage.core.eventlog;

import dev.stowage.core.event.LoggedEvent;
import java.util.List;

/**
 * A page of events.
 *
 * @param events unmodifiable; may be empty although more events follow
 * @param position where the next page begins: the id of the last event that was looked at
 * @param more whether events after the position are known
 * @param missed whether events after the position that was asked for have been deleted, because they are older than the retention
 */
public record EventPage(List<LoggedEvent> events, long position, boolean more, boolean missed) {

    public EventPage {
        events = List.copyOf(events);
    }
}
