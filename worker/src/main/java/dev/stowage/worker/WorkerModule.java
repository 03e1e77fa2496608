package dev.stowage.worker;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.operation.JobAccess;
import dev.stowage.core.operation.JobOperations;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.Leases;
import dev.stowage.core.port.Principals;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.worker.job.JobContext;
import dev.stowage.worker.job.JobCounts;
import dev.stowage.worker.job.JobRunner;
import dev.stowage.worker.schedule.LeasedTask;
import dev.stowage.worker.schedule.ProcessLease;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The work in the background: batch jobs, uploads that were left half way, and tidying up. */
public final class WorkerModule implements AutoCloseable {

    private static final Duration EARLIEST_START = Duration.ofSeconds(5);
    private static final Duration LATEST_START = Duration.ofSeconds(15);

    /** When a process that crashed just before this start is known to have ended. */
    private static final Duration SETTLED = ProcessLease.TERM.plusSeconds(2);

    private final Scheduler scheduler;
    private final SweepCounts sweeps;
    private final Optional<JobRunner> runner;

    private WorkerModule(Scheduler scheduler, SweepCounts sweeps, Optional<JobRunner> runner) {
        this.scheduler = scheduler;
        this.sweeps = sweeps;
        this.runner = runner;
    }

    /**
     * What is on record, as this process has it.
     *
     * @param principals who submit jobs
     * @param leases of this process, which has to say that it is alive
     * @param lease by which it says so
     */
    public record Ledgers(
            UploadSessions sessions, BatchJobs jobs, Principals principals, Leases leases, ProcessLease lease) {}

    /**
     * Starts the work on threads of its own and returns at once; when it is not enabled, only the maintenance that is done everywhere. The
     * store and the records stay the caller's, to be closed after this. What a crash left half way is gone on with first. Several processes may do so
     * on the same records: each task, and each item of a job, is done by one of them at a time.
     *
     * @param layout what keys look like; uploads to others are somebody else's and left alone
     * @param access decides what jobs may do for their owners
     * @param maintenance what else is to be done with every sweep
     */
    public static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            Ledgers ledgers,
            KeyLayout layout,
            AccessPolicy access,
            List<MaintenanceTask> maintenance,
            InstantSource clock) {
        Sweeper sweeper = new Sweeper(config, storage, ledgers.sessions(), ledgers.leases(), layout, access, clock);
        ThreadScheduler scheduler = new ThreadScheduler("stowage-sweeper");
        JobContext context = new JobContext(
                ledgers.jobs(),
                storage.objects(),
                JobOperations.on(storage.objects(), layout),
                new JobAccess(access),
                ledgers.principals(),
                config.jobLimits(),
                ledgers.lease()::fence,
                clock);
        Optional<JobRunner> runner =
                config.enabled() ? Optional.of(JobRunner.start(context, config.concurrency())) : Optional.empty();
        WorkerModule module = new WorkerModule(scheduler, sweeper.counts(), runner);
        return start(config, storage, sweeper, ledgers, maintenance, clock, module);
    }

    static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            Sweeper sweeper,
            Ledgers ledgers,
            List<MaintenanceTask> maintenance,
            InstantSource clock,
            Scheduler scheduler) {
        WorkerModule module = new WorkerModule(scheduler, sweeper.counts(), Optional.empty());
        return start(config, storage, sweeper, ledgers, maintenance, clock, module);
    }

    private static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            Sweeper sweeper,
            Ledgers ledgers,
            List<MaintenanceTask> maintenance,
            InstantSource clock,
            WorkerModule module) {
        maintenance.stream()
                .filter(work -> config.enabled() || work.everywhere())
                .forEach(work -> module.task(work.name(), alone(work, ledgers.leases(), clock), config.sweepInterval())
                        .start(SETTLED));
        if (config.enabled()) {
            module.startSweeping(config.sweepInterval(), storage, sweeper, ledgers.leases(), clock);
            JobPruning pruning = new JobPruning(ledgers.jobs(), config.jobRetention(), clock);
            LeasedTask prune = new LeasedTask("prune jobs", pruning::prune, ledgers.leases(), clock);
            module.task("Forgetting old jobs", prune, config.sweepInterval()).start(firstDelay(config.sweepInterval()));
        }
        return module;
    }

    /** What it has swept. */
    public SweepCounts counts() {
        return sweeps;
    }

    /** What it has done of jobs; empty when it is not enabled. */
    public Optional<JobCounts> jobCounts() {
        return runner.map(JobRunner::counts);
    }

    /** Interrupts what is under way and returns within 10 seconds. Again: does nothing. */
    @Override
    public void close() {
        runner.ifPresent(JobRunner::close);
        scheduler.close();
    }

    private void startSweeping(
            Duration interval, Storage storage, Sweeper sweeper, Leases leases, InstantSource clock) {
        LeasedTask resume = new LeasedTask("resume", sweeper::resumeUploads, leases, clock);
        LeasedTask abandoned = new LeasedTask("abandoned", sweeper::abortAbandonedUploads, leases, clock);
        LeasedTask expire = new LeasedTask("expire", sweeper::expireUploads, leases, clock);
        LeasedTask orphans = new LeasedTask("orphans", sweeper::abortStaleUploads, leases, clock);
        task("Going on with unfinished uploads", resume, interval).start(Duration.ZERO);
        task("Freeing abandoned uploads", abandoned, interval).start(SETTLED);
        task("Expiring idle uploads", expire, interval).start(firstDelay(interval));
        task("Aborting stale uploads", orphans, interval).start(firstDelay(interval));
        storage.maintenance().ifPresent(maintenance -> {
            LeasedTask tidy = new LeasedTask("store", () -> sweeper.sweepStore(maintenance), leases, clock);
            task("Tidying up the store", tidy, interval).start(firstDelay(interval));
        });
    }

    private static LeasedTask alone(MaintenanceTask maintenance, Leases leases, InstantSource clock) {
        return new LeasedTask(maintenance.name(), maintenance.work(), leases, clock);
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
