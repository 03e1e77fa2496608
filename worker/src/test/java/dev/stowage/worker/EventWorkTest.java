package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Origin;
import dev.stowage.core.event.Event;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.TestClock;
import dev.stowage.worker.schedule.ManualScheduler;
import dev.stowage.worker.schedule.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventWorkTest {

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final InMemoryEvents log = new InMemoryEvents();

    @Test
    void events_arePublishedSoon_andDeletedAfterTheRetention() {
        Scheduler work = EventWork.start(
                new EventPublisher(log, Optional.empty(), new InMemoryExpiry()),
                new InMemoryWebhooks(),
                Duration.ofHours(1),
                clock,
                scheduler);
        log.end(List.of(), List.of(Event.deleted(new ObjectKey("raw/p/a"), clock.instant(), Origin.UNKNOWN)));

        scheduler.pass(Duration.ofSeconds(2));
        assertThat(log.range()).isEqualTo(new EventLog.Range(0, 1));
        scheduler.pass(Duration.ofMinutes(59));
        assertThat(log.range()).isEqualTo(new EventLog.Range(0, 1));
        scheduler.pass(Duration.ofMinutes(3));

        assertThat(log.range()).isEqualTo(new EventLog.Range(1, 1));
        work.close();
        assertThat(scheduler.isClosed()).isTrue();
    }
}
