package dev.stowage.worker;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** The work in the background: uploads that were left half way, and tidying up. */
public final class WorkerModule implements AutoCloseable {

    private static final Duration EARLIEST_START = Duration.ofSeconds(5);
    private static final Duration LATEST_START = Duration.ofSeconds(15);

    /** When a process that crashed just before this start is known to have ended. */
    private static final Duration SETTLED = Heartbeat.TERM.plusSeconds(2);

    private final Scheduler scheduler;
    private final SweepCounts counts;

    private WorkerModule(Scheduler scheduler, SweepCounts counts) {
        this.scheduler = scheduler;
        this.counts = counts;
    }

    /**
     * Starts the work on a thread of its own and returns at once; does nothing when it is not enabled. The store and the
     * sessions stay the caller's, to be closed after this. What a crash left half way is gone on with first. Several processes may do so
     * on the same sessions: each task is done by one of them at a time.
     *
     * @param leases of this process, which has to say that it is alive
     * @param layout what keys look like; uploads to others are somebody else's and left alone
     */
    public static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            UploadSessions sessions,
            Leases leases,
            KeyLayout layout,
            InstantSource clock) {
        Sweeper sweeper = new Sweeper(config, storage, sessions, leases, layout, clock);
        return start(config, storage, sweeper, leases, clock, new ThreadScheduler("stowage-sweeper"));
    }

    static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            Sweeper sweeper,
            Leases leases,
            InstantSource clock,
            Scheduler scheduler) {
        WorkerModule module = new WorkerModule(scheduler, sweeper.counts());
        if (config.enabled()) {
            module.startSweeping(config.sweepInterval(), storage, sweeper, leases, clock);
        }
        return module;
    }

    /** What it has done. */
    public SweepCounts counts() {
        return counts;
    }

    /** Interrupts what is under way and returns within 5 seconds. Again: does nothing. */
    @Override
    public void close() {
        scheduler.close();
    }

    private void startSweeping(
            Duration interval, Storage storage, Sweeper sweeper, Leases leases, InstantSource clock) {
        SoleTask resume = new SoleTask("resume", sweeper::resumeUploads, leases, clock);
        SoleTask abandoned = new SoleTask("abandoned", sweeper::abortAbandonedUploads, leases, clock);
        SoleTask expire = new SoleTask("expire", sweeper::expireUploads, leases, clock);
        SoleTask orphans = new SoleTask("orphans", sweeper::abortStaleUploads, leases, clock);
        task("Going on with unfinished uploads", resume, interval).start(Duration.ZERO);
        task("Freeing abandoned uploads", abandoned, interval).start(SETTLED);
        task("Expiring idle uploads", expire, interval).start(firstDelay(interval));
        task("Aborting stale uploads", orphans, interval).start(firstDelay(interval));
        storage.maintenance().ifPresent(maintenance -> {
            SoleTask tidy = new SoleTask("store", () -> sweeper.sweepStore(maintenance), leases, clock);
            task("Tidying up the store", tidy, interval).start(firstDelay(interval));
        });
    }

    private RecurringTask task(String name, Runnable work, Duration interval) {
        return new RecurringTask(name, work, interval, scheduler);
    }

    /** Not at once, when clients come back and want the store for themselves; not all processes of a store at one time. */
    private static Duration firstDelay(Duration interval) {
        long millis = ThreadLocalRandom.current().nextLong(EARLIEST_START.toMillis(), LATEST_START.toMillis());
        return Duration.ofMillis(Math.min(millis, interval.toMillis()));
    }
}
