package dev.stowage.worker.schedule;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Fence;
import dev.stowage.core.port.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The lease of this process, and until when the process knows that it holds it. Safe for concurrent use.
 *
 * <p>Both clocks count, and each from before the renewal was sent. {@link System#nanoTime} can't be set, but stands still while the machine
 * is suspended (Linux: {@code CLOCK_MONOTONIC}); the time of day tells of that, once the system has corrected it, but may be set back. Both
 * run on while the process alone is stopped.
 */
public final class ProcessLease {

    /** How long after its last sign of life a process counts as ended. */
    public static final Duration TERM = Duration.ofSeconds(20);

    /**
     * How long before its end the lease is no longer relied on. As long as a store may be sent a change again after a call began, so that the
     * last attempt of a call falls within the lease, too.
     */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private static final Duration RELIED_ON = TERM.minus(MARGIN);

    private final Leases leases;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private volatile Period period = new Period(0, false, 0, Instant.EPOCH);

    /**
     * A time for which the lease was renewed again and again before it ran out.
     *
     * @param number counts these times
     * @param held whether it was held at all
     * @param sent when the last renewal was sent, in nanoseconds
     * @param end of reliance on it, by the time of day
     */
    private record Period(long number, boolean held, long sent, Instant end) {}

    /** @param nanos as of {@link System#nanoTime} */
    public ProcessLease(Leases leases, InstantSource clock, LongSupplier nanos) {
        this.leases = leases;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Says that this process is alive. For one thread at a time.
     *
     * @throws StorageException when it can't be said; then the lease ends when it would have before
     */
    public void renew() {
        long sent = nanos.getAsLong();
        Instant now = clock.instant();
        leases.beat(now, now.plus(TERM));
        // What was claimed before a gap may have been taken over in it, so a late renewal begins a new period.
        Period before = period;
        long number = isRunning(before) ? before.number() : before.number() + 1;
        period = new Period(number, true, sent, now.plus(RELIED_ON));
    }

    /** Open from now until the process can't be sure any more that it has held the lease without a break. */
    public Fence fence() {
        long number = period.number();
        return () -> {
            Period current = period;
            return current.number() == number && isRunning(current);
        };
    }

    private boolean isRunning(Period some) {
        return some.held()
                && nanos.getAsLong() - some.sent() < RELIED_ON.toNanos()
                && clock.instant().isBefore(some.end());
    }
}
