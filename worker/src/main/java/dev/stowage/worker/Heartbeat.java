package dev.stowage.worker;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.records.Leases;
import dev.stowage.worker.schedule.BackgroundLog;
import dev.stowage.worker.schedule.ProcessLease;
import dev.stowage.worker.schedule.RepeatedFailure;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Renews the lease of this process every few seconds, so that other processes don't take over its work. */
public final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Leases leases;
    private final ProcessLease lease;
    private final Runnable refresh;
    private final Scheduler scheduler;
    private final RepeatedFailure refreshFailure;
    private final RepeatedFailure renewalFailure;

    private Heartbeat(Leases leases, ProcessLease lease, InstantSource machine, Runnable refresh, Scheduler scheduler) {
        this.leases = leases;
        this.lease = lease;
        this.refresh = refresh;
        this.scheduler = scheduler;
        this.refreshFailure = new RepeatedFailure(machine);
        this.renewalFailure = new RepeatedFailure(machine);
    }

    /**
     * Renews the lease for the first time, and then regularly on a thread of its own.
     *
     * @param clock the time that the processes share
     * @param machine the wall clock of this machine
     * @param refresh runs before each renewal; failures are logged, repeated ones once an hour
     * @throws StorageException when the first renewal fails
     */
    public static Heartbeat start(Leases leases, InstantSource clock, InstantSource machine, Runnable refresh) {
        ProcessLease lease = new ProcessLease(leases, clock, machine, System::nanoTime);
        return start(leases, lease, machine, refresh, new ThreadScheduler("stowage-heartbeat"));
    }

    static Heartbeat start(
            Leases leases, ProcessLease lease, InstantSource machine, Runnable refresh, Scheduler scheduler) {
        Heartbeat heartbeat = new Heartbeat(leases, lease, machine, refresh, scheduler);
        lease.renew();
        scheduler.after(INTERVAL, heartbeat::beat);
        return heartbeat;
    }

    /** The lease that is renewed. */
    public ProcessLease lease() {
        return lease;
    }

    /** Stops the renewals and ends the lease, within a few seconds. Idempotent. */
    @Override
    public void close() {
        scheduler.close();
        try {
            leases.end();
        } catch (StorageException e) {
            BackgroundLog.log(
                    LOG.atWarn(),
                    e,
                    "Could not end the lease of this process; it expires in {} s",
                    ProcessLease.TERM.toSeconds());
        }
    }

    private void beat() {
        try {
            refresh.run();
            refreshFailure.end();
        } catch (RuntimeException e) {
            if (refreshFailure.isDue(e)) {
                LOG.warn("Could not ask the database for the time: {}", e.getMessage());
            }
        }
        try {
            lease.renew();
            renewalFailure.end();
        } catch (RuntimeException | Error e) {
            // The renewals must continue after any failure: the process is alive, and keeps its work only with its
            // lease.
            if (renewalFailure.isDue(e)) {
                BackgroundLog.log(
                        LOG.atLevel(e instanceof StorageException ? Level.WARN : Level.ERROR),
                        e,
                        "Could not renew the lease of this process");
            }
        } finally {
            scheduler.after(INTERVAL, this::beat);
        }
    }
}
