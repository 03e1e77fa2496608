package dev.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.TestClock;
import dev.stowage.worker.schedule.CapturedLog;
import dev.stowage.worker.schedule.ForwardingLeases;
import dev.stowage.worker.schedule.ManualScheduler;
import dev.stowage.worker.schedule.ProcessLease;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final ProcessId PROCESS = new ProcessId("this");

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final InMemoryLeases leases = new InMemoryLeases(PROCESS);

    @Test
    void process_isAlive_untilItIsClosed() {
        Heartbeat heartbeat = Heartbeat.start(leases, lease(leases), clock, () -> {}, scheduler);
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
        scheduler.pass(Duration.ofMinutes(10));
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);

        heartbeat.close();

        assertThat(leases.alive(clock.instant())).isEmpty();
        assertThat(scheduler.isClosed()).isTrue();
    }

    @Test
    void process_thatCrashes_isAliveForATerm() {
        Heartbeat unused = Heartbeat.start(leases, lease(leases), clock, () -> {}, scheduler);
        scheduler.pass(Duration.ofSeconds(30));

        clock.advance(ProcessLease.TERM.minusSeconds(1));
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(leases.alive(clock.instant())).isEmpty();
    }

    @Test
    void heartbeat_survivesAFailureOfAnyKind() {
        boolean[] broken = new boolean[1];
        Leases failing = new FailingLeases(leases, () -> broken[0]);
        Heartbeat unused = Heartbeat.start(failing, lease(failing), clock, () -> {}, scheduler);
        broken[0] = true;
        scheduler.pass(ProcessLease.TERM);
        assertThat(leases.alive(clock.instant())).isEmpty();

        broken[0] = false;
        scheduler.pass(Duration.ofSeconds(5));

        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
    }

    @Test
    void renewal_refreshesFirst_andIsMadeWhenThatFails() {
        AtomicInteger refreshes = new AtomicInteger();
        Runnable refresh = () -> {
            refreshes.incrementAndGet();
            throw new StorageUnavailable("The database does not tell the time", null);
        };
        Heartbeat unused = Heartbeat.start(leases, lease(leases), clock, refresh, scheduler);

        scheduler.pass(ProcessLease.TERM.multipliedBy(2));

        assertThat(refreshes.get()).isGreaterThan(2);
        assertThat(leases.alive(clock.instant())).containsExactly(PROCESS);
    }

    @Test
    void repeatedFailure_isLoggedOnce_thenOnceAnHour_andAnewAfterASuccess() {
        StorageUnavailable[] failure = {new StorageUnavailable("The database was migrated", null)};
        Runnable refresh = () -> {
            if (failure[0] != null) {
                throw failure[0];
            }
        };
        Heartbeat unused = Heartbeat.start(leases, lease(leases), clock, refresh, scheduler);
        try (CapturedLog log = new CapturedLog(Heartbeat.class)) {
            scheduler.pass(Duration.ofMinutes(59));
            assertThat(log.lines()).hasSize(1);
            scheduler.pass(Duration.ofMinutes(59));
            assertThat(log.lines()).hasSize(2);

            failure[0] = new StorageUnavailable("The database does not respond", null);
            scheduler.pass(Duration.ofMinutes(1));
            assertThat(log.lines()).hasSize(3);

            failure[0] = null;
            scheduler.pass(Duration.ofMinutes(1));
            failure[0] = new StorageUnavailable("The database does not respond", null);
            scheduler.pass(Duration.ofMinutes(1));
            assertThat(log.lines()).hasSize(4);
        }
    }

    private ProcessLease lease(Leases of) {
        return new ProcessLease(of, clock, clock, () -> clock.instant().toEpochMilli() * 1_000_000);
    }

    /** Leases that fail with an unexpected error. */
    private static final class FailingLeases extends ForwardingLeases {

        private final BooleanSupplier isBroken;

        FailingLeases(Leases leases, BooleanSupplier isBroken) {
            super(leases);
            this.isBroken = isBroken;
        }

        @Override
        public void beat(Instant now, Instant until) {
            if (isBroken.getAsBoolean()) {
                throw new OutOfMemoryError("not really");
            }
            super.beat(now, until);
        }
    }
}
