package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.session.ProcessId;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.TestClock;
import dev.stowage.worker.schedule.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final ProcessId PROCESS = new ProcessId("this");

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final InMemoryLeases leases = new InMemoryLeases(PROCESS);

    @Test
    void process_isAlive_untilItIsClosed() {
        Heartbeat heartbeat = Heartbeat.start(leases, clock, scheduler);
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
        scheduler.pass(Duration.ofMinutes(10));
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);

        heartbeat.close();

        assertThat(leases.alive(clock.instant())).isEmpty();
        assertThat(scheduler.isClosed()).isTrue();
    }

    @Test
    void process_thatCrashes_isAliveForATerm() {
        Heartbeat unused = Heartbeat.start(leases, clock, scheduler);
        scheduler.pass(Duration.ofSeconds(30));

        clock.advance(Heartbeat.TERM.minusSeconds(1));
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(leases.alive(clock.instant())).isEmpty();
    }
}
