package dev.stowage.worker.webhook;

import dev.stowage.core.eventlog.EventFeed;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.service.EventSink;
import dev.stowage.worker.schedule.LeasedTask;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;

/** Passes events to a sink on a thread of its own, in one process at a time. */
public final class SinkWork {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private SinkWork() {}

    /** Starts the work, which the returned scheduler runs until it is closed. */
    public static Scheduler start(EventPublisher events, EventSink sink, Leases leases, InstantSource clock) {
        return start(events, sink, leases, clock, new ThreadScheduler("stowage-sink-" + sink.id()));
    }

    static Scheduler start(
            EventPublisher events, EventSink sink, Leases leases, InstantSource clock, Scheduler scheduler) {
        EventFeed feed = new EventFeed(events, sink);
        LeasedTask task = new LeasedTask("sink " + sink.id(), feed::feed, leases, clock);
        Runnable work = () -> {
            if (feed.isDue()) {
                task.run();
            }
        };
        new RecurringTask("Passing events to " + sink.id(), work, INTERVAL, scheduler).start(INTERVAL);
        return scheduler;
    }
}
