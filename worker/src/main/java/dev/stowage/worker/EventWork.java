package dev.stowage.worker;

import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Publishes events and deletes old ones, in every process, on a thread of its own. Readers publish what they wait for by themselves, so
 * this only keeps the number of waiting events small.
 */
final class EventWork {

    private static final Duration PUBLISHING = Duration.ofSeconds(2);
    private static final Duration PRUNING = Duration.ofMinutes(1);

    private EventWork() {}

    /**
     * Starts the work.
     *
     * @param webhooks whose deliveries are deleted with their events
     * @param retention how long events are kept
     * @return runs the work until it is closed
     */
    static Scheduler start(EventPublisher events, WebhookRecords webhooks, Duration retention, InstantSource clock) {
        return start(events, webhooks, retention, clock, new ThreadScheduler("stowage-events"));
    }

    static Scheduler start(
            EventPublisher events,
            WebhookRecords webhooks,
            Duration retention,
            InstantSource clock,
            Scheduler scheduler) {
        new RecurringTask("Publishing events", () -> publishAll(events), PUBLISHING, scheduler).start(PUBLISHING);
        Runnable prune = () -> webhooks.prune(events.prune(clock.instant().minus(retention)), clock.instant());
        new RecurringTask("Deleting old events", prune, PRUNING, scheduler).start(PRUNING);
        return scheduler;
    }

    private static void publishAll(EventPublisher events) {
        boolean more;
        do {
            more = events.publish() && !Thread.currentThread().isInterrupted();
        } while (more);
    }
}
