package dev.stowage.worker;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** The work in the background: uploads that were left half way, and tidying up. */
public final class WorkerModule implements AutoCloseable {

    private static final Duration EARLIEST_START = Duration.ofSeconds(5);
    private static final Duration LATEST_START = Duration.ofSeconds(15);

    private final Scheduler scheduler;

    private WorkerModule(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Starts the work on a thread of its own and returns at once; does nothing when it is not enabled. The store and the
     * sessions stay the caller's, to be closed after this. What a crash left half way is gone on with first.
     *
     * @param layout what keys look like; uploads to others are somebody else's and left alone
     */
    public static WorkerModule start(
            WorkerConfig config, Storage storage, UploadSessions sessions, KeyLayout layout, InstantSource clock) {
        return start(config, storage, sessions, layout, clock, new ThreadScheduler("stowage-sweeper"));
    }

    static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            UploadSessions sessions,
            KeyLayout layout,
            InstantSource clock,
            Scheduler scheduler) {
        if (config.enabled()) {
            startSweeping(config, storage, sessions, layout, clock, scheduler);
        }
        return new WorkerModule(scheduler);
    }

    /** Interrupts what is under way and returns within 5 seconds. Again: does nothing. */
    @Override
    public void close() {
        scheduler.close();
    }

    private static void startSweeping(
            WorkerConfig config,
            Storage storage,
            UploadSessions sessions,
            KeyLayout layout,
            InstantSource clock,
            Scheduler scheduler) {
        Duration interval = config.sweepInterval();
        Sweeper sweeper = new Sweeper(config, storage, sessions, layout, clock);
        new RecurringTask("Going on with unfinished uploads", sweeper::resumeUploads, interval, scheduler)
                .start(Duration.ZERO);
        new RecurringTask("Expiring idle uploads", sweeper::expireUploads, interval, scheduler)
                .start(firstDelay(interval));
        new RecurringTask("Aborting stale uploads", sweeper::abortStaleUploads, interval, scheduler)
                .start(firstDelay(interval));
        storage.maintenance()
                .ifPresent(maintenance -> new RecurringTask(
                                "Tidying up the store", () -> Sweeper.sweepStore(maintenance), interval, scheduler)
                        .start(firstDelay(interval)));
    }

    /** Not at once, when clients come back and want the store for themselves; not all processes of a store at one time. */
    private static Duration firstDelay(Duration interval) {
        long millis = ThreadLocalRandom.current().nextLong(EARLIEST_START.toMillis(), LATEST_START.toMillis());
        return Duration.ofMillis(Math.min(millis, interval.toMillis()));
    }
}
