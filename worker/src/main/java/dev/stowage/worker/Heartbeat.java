package dev.stowage.worker;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.Leases;
import dev.stowage.worker.schedule.ProcessLease;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that this process is alive, every few seconds, so that nobody takes for abandoned what it is at. */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Leases leases;
    private final ProcessLease lease;
    private final Scheduler scheduler;

    private Heartbeat(Leases leases, ProcessLease lease, Scheduler scheduler) {
        this.leases = leases;
        this.lease = lease;
        this.scheduler = scheduler;
    }

    /**
     * Says so for the first time, and goes on with it on a thread of its own.
     *
     * @throws StorageException when it can't be said even once
     */
    public static Heartbeat start(Leases leases, InstantSource clock) {
        ProcessLease lease = new ProcessLease(leases, clock, System::nanoTime);
        return start(leases, lease, new ThreadScheduler("stowage-heartbeat"));
    }

    static Heartbeat start(Leases leases, ProcessLease lease, Scheduler scheduler) {
        Heartbeat heartbeat = new Heartbeat(leases, lease, scheduler);
        lease.renew();
        scheduler.after(INTERVAL, heartbeat::beat);
        return heartbeat;
    }

    /** The lease that it renews. */
    public ProcessLease lease() {
        return lease;
    }

    /** Says that this process ends, within a few seconds. Again: does nothing. */
    @Override
    public void close() {
        scheduler.close();
        try {
            leases.end();
        } catch (StorageException e) {
            LOG.warn("Could not say that this process ends; others find out in {} s", ProcessLease.TERM.toSeconds(), e);
        }
    }

    private void beat() {
        try {
            lease.renew();
        } catch (StorageException e) {
            LOG.warn("Could not say that this process is alive", e);
        } catch (RuntimeException | Error e) {
            // Whatever it is, this process is alive, and what it is at stays its own only as long as it says so.
            LOG.error("Could not say that this process is alive", e);
        } finally {
            scheduler.after(INTERVAL, this::beat);
        }
    }
}
