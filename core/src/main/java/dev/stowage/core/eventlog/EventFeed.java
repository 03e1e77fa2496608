package dev.stowage.core.eventlog;

import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.service.EventSink;
import java.util.List;
import java.util.OptionalLong;

/** Passes the events of the log to a sink. For one thread, in one process at a time. */
public final class EventFeed {

    private final EventPublisher publisher;
    private final EventLog log;
    private final EventSink sink;

    public EventFeed(EventPublisher publisher, EventSink sink) {
        this.publisher = publisher;
        this.log = publisher.log();
        this.sink = sink;
    }

    /** Whether there are events that the sink has not taken. Costs one question to the sink while it wants none. */
    public boolean isDue() {
        OptionalLong after = sink.after();
        if (after.isEmpty()) {
            return false;
        }
        boolean unused = publisher.publish();
        return log.range().last() > Math.max(after.getAsLong(), log.taken(sink.id()));
    }

    /** Passes the events that there are, until the thread is interrupted. */
    public void feed() {
        OptionalLong after = sink.after();
        boolean more = after.isPresent();
        while (more && !Thread.currentThread().isInterrupted()) {
            EventLog.Range range = log.range();
            long position = Math.max(Math.max(after.getAsLong(), log.taken(sink.id())), range.pruned());
            List<LoggedEvent> events = log.after(position, EventLog.MAX_AT_ONCE);
            if (!events.isEmpty()) {
                sink.take(events);
                log.take(sink.id(), events.get(events.size() - 1).id());
            }
            more = events.size() == EventLog.MAX_AT_ONCE;
        }
    }
}
