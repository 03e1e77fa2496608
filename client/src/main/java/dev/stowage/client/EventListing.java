package dev.stowage.client;

import java.util.List;

/**
 * A page of events, oldest first.
 *
 * @param next the position after these events, and after those that the filter left out
 * @param more whether the next page can be fetched at once
 * @param missed whether events after the given position have been deleted, because the service keeps them for a time only
 */
public record EventListing(List<EventDetails> events, String next, boolean more, boolean missed) {

    /** The list is copied. */
    public EventListing {
        events = List.copyOf(events);
    }

    static EventListing of(JsonFields json) {
        return new EventListing(
                json.list("events", EventDetails::of), json.text("next_after"), json.flag("more"), json.flag("missed"));
    }
}
