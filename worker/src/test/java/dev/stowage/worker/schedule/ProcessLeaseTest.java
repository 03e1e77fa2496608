package dev.stowage.worker.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessLeaseTest {

    private static final Duration USABLE_TERM = ProcessLease.TERM.minus(ProcessLease.MARGIN);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final TestClock clock = new TestClock();
    private final TestClock shared = new TestClock();
    private long nanos = Long.MAX_VALUE - 5;
    private Runnable whileRenewed = () -> {};
    private final ProcessLease lease = new ProcessLease(new Watched(), shared, clock, () -> nanos);

    @Test
    void fence_isClosed_beforeTheLeaseIsHeld() {
        assertThat(lease.fence().isOpen()).isFalse();
        assertThatThrownBy(lease.fence()::check).isInstanceOf(ClaimLost.class);
    }

    @Test
    void fence_isOpen_asLongAsTheLeaseIsRenewed() {
        lease.renew();
        Fence fence = lease.fence();
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(3));
            lease.renew();
            assertThat(fence.isOpen()).isTrue();
        }
        pass(USABLE_TERM.minus(MOMENT));
        assertThat(fence.isOpen()).isTrue();
        pass(MOMENT);
        assertThat(fence.isOpen()).isFalse();
    }

    @Test
    void closedFence_staysClosed_whenTheLeaseIsRenewedLate() {
        lease.renew();
        Fence before = lease.fence();
        pass(USABLE_TERM);

        lease.renew();

        assertThat(before.isOpen()).isFalse();
        assertThat(lease.fence().isOpen()).isTrue();
    }

    @Test
    void lease_countsFromBeforeTheRenewalWasSent() {
        whileRenewed = () -> pass(Duration.ofSeconds(7));
        lease.renew();
        Fence fence = lease.fence();

        pass(Duration.ofSeconds(3).minus(MOMENT));
        assertThat(fence.isOpen()).isTrue();
        pass(MOMENT);
        assertThat(fence.isOpen()).isFalse();
    }

    @Test
    void renewal_duringWhichTheProcessWasSuspended_opensNothing() {
        lease.renew();
        Fence fence = lease.fence();
        whileRenewed = () -> pass(ProcessLease.TERM);

        lease.renew();

        assertThat(fence.isOpen()).isFalse();
        assertThat(lease.fence().isOpen()).isFalse();
    }

    @Test
    void renewal_thatFails_extendsNothing() {
        lease.renew();
        Fence fence = lease.fence();
        whileRenewed = () -> {
            throw new StorageUnavailable("busy", null);
        };
        pass(Duration.ofSeconds(9));
        assertThatThrownBy(lease::renew).isInstanceOf(StorageUnavailable.class);
        assertThat(fence.isOpen()).isTrue();

        pass(Duration.ofSeconds(1));

        assertThat(fence.isOpen()).isFalse();
    }

    @Test
    void fence_isClosed_whenTheMachineWasSuspended_andNanosStoodStill() {
        lease.renew();
        Fence fence = lease.fence();

        clock.advance(USABLE_TERM);

        assertThat(fence.isOpen()).isFalse();
    }

    @Test
    void fence_staysOpen_whateverTheSharedTimeIs() {
        shared.set(clock.instant().minusSeconds(60));
        lease.renew();
        Fence fence = lease.fence();

        shared.advance(Duration.ofDays(1));
        assertThat(fence.isOpen()).isTrue();
        lease.renew();
        assertThat(fence.isOpen()).isTrue();
    }

    @Test
    void fence_isClosed_whenTheTimeOfDayIsSetBackMeanwhile() {
        lease.renew();
        Fence fence = lease.fence();

        pass(USABLE_TERM);
        clock.set(clock.instant().minusSeconds(3600));

        assertThat(fence.isOpen()).isFalse();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        clock.advance(time);
    }

    /** Leases whose renewal takes some time. */
    private final class Watched extends ForwardingLeases {

        Watched() {
            super(new InMemoryLeases(new ProcessId("this")));
        }

        @Override
        public void beat(Instant now, Instant until) {
            whileRenewed.run();
            super.beat(now, until);
        }
    }
}
