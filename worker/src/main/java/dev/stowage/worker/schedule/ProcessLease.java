package dev.stowage.worker.schedule;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Fence;
import dev.stowage.core.port.records.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The lease of this process, and how long the process may rely on it. Safe for concurrent use.
 *
 * <p>The time since the last renewal is measured by two clocks, each read before the renewal was sent. {@link System#nanoTime} can't be set,
 * but stops while the machine is suspended (Linux: {@code CLOCK_MONOTONIC}); the machine's wall clock shows a suspension once the system has
 * corrected it, but may be set back. Both advance while only the process is stopped. Neither is compared with a time in the record, whose
 * clock is another one.
 */
public final class ProcessLease {

    /** How long after its last renewal a process is considered ended. */
    public static final Duration TERM = Duration.ofSeconds(20);

    /**
     * How long before its end the lease is no longer relied on. It covers the time in which a client library may send a request to the store
     * again, so that the last attempt of a call falls within the lease, too.
     */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private static final Duration USABLE_TERM = TERM.minus(MARGIN);

    private final Leases leases;
    private final InstantSource clock;
    private final InstantSource machine;
    private final LongSupplier nanos;
    private volatile Period period = new Period(0, false, 0, Instant.EPOCH);

    /**
     * A time in which the lease was renewed without a gap.
     *
     * @param number of the period
     * @param held whether the lease was held at all
     * @param sent when the last renewal was sent, in nanoseconds
     * @param end of reliance on the lease, by the machine's wall clock
     */
    private record Period(long number, boolean held, long sent, Instant end) {}

    /**
     * @param clock the time that the processes share
     * @param machine the wall clock of this machine
     * @param nanos see {@link System#nanoTime}
     */
    public ProcessLease(Leases leases, InstantSource clock, InstantSource machine, LongSupplier nanos) {
        this.leases = leases;
        this.clock = clock;
        this.machine = machine;
        this.nanos = nanos;
    }

    /**
     * Renews the lease. For one thread at a time.
     *
     * @throws StorageException when the renewal fails; the lease then ends as before
     */
    public void renew() {
        long sent = nanos.getAsLong();
        Instant end = machine.instant().plus(USABLE_TERM);
        Instant now = clock.instant();
        leases.beat(now, now.plus(TERM));
        // Claims from before a gap may have been taken over during it, so a late renewal begins a new period.
        Period before = period;
        long number = isRunning(before) ? before.number() : before.number() + 1;
        period = new Period(number, true, sent, end);
    }

    /** A fence that is open until the lease may have been interrupted. */
    public Fence fence() {
        long number = period.number();
        return () -> {
            Period current = period;
            return current.number() == number && isRunning(current);
        };
    }

    private boolean isRunning(Period some) {
        return some.held()
                && nanos.getAsLong() - some.sent() < USABLE_TERM.toNanos()
                && machine.instant().isBefore(some.end());
    }
}
