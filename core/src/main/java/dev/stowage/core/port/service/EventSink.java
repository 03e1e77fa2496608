package dev.stowage.core.port.service;

import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.port.records.EventLog;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes the events of the log to another place, such as a message broker. Webhooks are one.
 *
 * <p>Events are taken in the order of their ids, each at least once: the position of a sink is recorded after the call that takes them, so
 * after a crash or a failure they are taken again. One process calls a sink at a time.
 */
public interface EventSink {

    /** The name of its position: 1 to 100 characters, unique and permanent. */
    String id();

    /**
     * Returns the id of an event after which it wants events, if its position is lower; 0 for all that there are. Empty while it wants none, so
     * that nothing is read for it; events of that time are not made up for. Asked about once a second.
     *
     * @throws dev.stowage.core.error.StorageUnavailable when it is not known; asked again later
     */
    OptionalLong after();

    /**
     * Takes events, and returns once they can't be lost.
     *
     * @param events in the order of their ids; 1 to {@link EventLog#MAX_AT_ONCE}
     * @throws RuntimeException when they may not have been taken; they are taken again, after a pause that grows with each failure
     */
    void take(List<LoggedEvent> events);
}
