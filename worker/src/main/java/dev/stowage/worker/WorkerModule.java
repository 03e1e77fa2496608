package dev.stowage.worker;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.batch.ScheduledRuns;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.core.port.service.EventSink;
import dev.stowage.core.port.service.ImportSource;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.Signals;
import dev.stowage.core.port.service.Signals.Topic;
import dev.stowage.core.port.service.WebhookSender;
import dev.stowage.core.webhook.WebhookDeliveries;
import dev.stowage.worker.archive.KnownFormats;
import dev.stowage.worker.cron.CronTimetables;
import dev.stowage.worker.job.JobContext;
import dev.stowage.worker.job.JobCounts;
import dev.stowage.worker.job.JobRunner;
import dev.stowage.worker.schedule.LeasedTask;
import dev.stowage.worker.schedule.ProcessLease;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import dev.stowage.worker.webhook.SinkWork;
import dev.stowage.worker.webhook.WebhookRunner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The background work: batch jobs, interrupted uploads, and cleanup. */
public final class WorkerModule implements AutoCloseable {

    private static final Duration EARLIEST_START = Duration.ofSeconds(5);
    private static final Duration LATEST_START = Duration.ofSeconds(15);

    /** Schedules are exact to the minute. */
    private static final Duration SCHEDULE_INTERVAL = Duration.ofSeconds(1);

    /** Twice as many batches of expired files as of jobs: each reads the properties of its files before it deletes them. */
    private static final int EXPIRY_FACTOR = 2;

    /** When the lease of a process that crashed just before this start has expired. */
    private static final Duration SETTLED = ProcessLease.TERM.plusSeconds(2);

    private final Scheduler scheduler;
    private final SweepCounts sweeps;
    private final Optional<JobRunner> runner;
    /** End the work that has threads of its own. */
    private final List<Runnable> ends;

    private WorkerModule(Scheduler scheduler, SweepCounts sweeps, Optional<JobRunner> runner, List<Runnable> ends) {
        this.ends = List.copyOf(ends);
        this.scheduler = scheduler;
        this.sweeps = sweeps;
        this.runner = runner;
    }

    /**
     * The records that the work is based on.
     *
     * @param schedules of jobs
     * @param expiry of files
     * @param principals the owners of jobs
     * @param leases of all processes; this one must renew its own
     * @param lease of this process
     * @param signals wake the job runner
     * @param events recorded by all processes
     */
    public record Ledgers(
            UploadSessions sessions,
            BatchJobs jobs,
            JobSchedules schedules,
            ExpiryRecords expiry,
            Principals principals,
            Leases leases,
            ProcessLease lease,
            Signals signals,
            EventLedgers events) {}

    /**
     * The log of events, and where they are passed to.
     *
     * @param webhooks receive events by {@code sender}
     * @param sinks other places
     */
    public record EventLedgers(
            EventPublisher publisher, WebhookRecords webhooks, WebhookSender sender, List<EventSink> sinks) {
        public EventLedgers {
            sinks = List.copyOf(sinks);
        }
    }

    /**
     * The stores.
     *
     * @param main of the service
     * @param imports that jobs may import from; unmodifiable
     */
    public record Stores(Storage main, List<ImportSource> imports) {
        public Stores {
            imports = List.copyOf(imports);
        }
    }

    /**
     * Starts the work on its own threads and returns at once. When it is not enabled, only the maintenance for every process runs.
     * The stores and the records are owned by the caller, and closed after this. Interrupted uploads are resumed first. Several processes may
     * work on the same records: each task, and each item of a job, is run by one of them at a time.
     *
     * @param layout the shape of keys; uploads to other keys belong to other programs and are left alone
     * @param access decides what jobs may do for their owners
     * @param maintenance additional recurring tasks
     */
    public static WorkerModule start(
            WorkerConfig config,
            Stores stores,
            Ledgers ledgers,
            KeyLayout layout,
            AccessPolicy access,
            List<MaintenanceTask> maintenance,
            InstantSource clock) {
        Storage storage = stores.main();
        JobOperations operations = new JobOperations(storage.objects(), layout, access).importing(stores.imports());
        Sweeper sweeper = new Sweeper(config, storage, ledgers.sessions(), ledgers.leases(), layout, access, clock);
        ThreadScheduler scheduler = new ThreadScheduler("stowage-sweeper");
        JobContext context = new JobContext(
                ledgers.jobs(),
                storage.objects(),
                operations.reading(new KnownFormats(config.extractLimits())),
                ledgers.principals(),
                config.jobLimits(),
                access.observer(),
                ledgers.lease()::fence,
                clock);
        Optional<JobRunner> runner =
                config.enabled() ? Optional.of(JobRunner.start(context, config.concurrency())) : Optional.empty();
        runner.ifPresent(jobs -> ledgers.signals().listen(Topic.JOBS, job -> {
            // The runner has an interval of its own.
            if (!job.isEmpty()) {
                jobs.wake();
            }
        }));
        EventLedgers log = ledgers.events();
        List<Runnable> ends = new ArrayList<>();
        ends.add(EventWork.start(log.publisher(), log.webhooks(), config.eventRetention(), clock)::close);
        if (config.enabled()) {
            ends.add(startExpiry(config, storage, ledgers, access, sweeper.counts(), clock)::close);
            ends.addAll(startSinks(ledgers, access, clock));
        }
        WorkerModule module = new WorkerModule(scheduler, sweeper.counts(), runner, ends);
        if (config.enabled()) {
            module.startSchedules(config, storage, ledgers, operations, access, clock);
        }
        return start(config, storage, sweeper, ledgers, maintenance, clock, module);
    }

    private static Scheduler startExpiry(
            WorkerConfig config,
            Storage storage,
            Ledgers ledgers,
            AccessPolicy access,
            SweepCounts counts,
            InstantSource clock) {
        FileExpiry expiry = new FileExpiry(
                storage.objects(),
                ledgers.expiry(),
                ledgers.principals(),
                access,
                EXPIRY_FACTOR * config.concurrency(),
                clock);
        return ExpiryWork.start(expiry, counts, ledgers.leases(), clock);
    }

    private static List<Runnable> startSinks(Ledgers ledgers, AccessPolicy access, InstantSource clock) {
        EventLedgers log = ledgers.events();
        WebhookDeliveries deliveries =
                new WebhookDeliveries(log.webhooks(), log.sender(), ledgers.principals(), access, clock, new Random());
        List<Runnable> started = new ArrayList<>();
        Stream.concat(Stream.of(deliveries.sink()), log.sinks().stream())
                .forEach(sink -> started.add(SinkWork.start(log.publisher(), sink, ledgers.leases(), clock)::close));
        started.add(WebhookRunner.start(deliveries, ledgers.lease()::fence)::close);
        return started;
    }

    private void startSchedules(
            WorkerConfig config,
            Storage storage,
            Ledgers ledgers,
            JobOperations operations,
            AccessPolicy access,
            InstantSource clock) {
        Jobs jobs = new Jobs(
                ledgers.jobs(), storage.objects(), operations, access, config.jobLimits(), ledgers.signals(), clock);
        ScheduledRuns runs = new ScheduledRuns(
                ledgers.schedules(), new CronTimetables(), ledgers.jobs(), jobs, ledgers.principals(), clock);
        ScheduledJobs scheduled = new ScheduledJobs(runs, ledgers.leases(), clock);
        task("Submitting scheduled jobs", scheduled::submit, SCHEDULE_INTERVAL).start(SCHEDULE_INTERVAL);
    }

    static WorkerModule start(
            WorkerConfig config,
            Storage storage,
            Sweeper sweeper,
            Ledgers ledgers,
            List<MaintenanceTask> maintenance,
            InstantSource clock,
            Scheduler scheduler) {
        WorkerModule module = new WorkerModule(scheduler, sweeper.counts(), Optional.empty(), List.of());
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
                        .start(settled(config.sweepInterval())));
        if (config.enabled()) {
            module.startSweeping(config.sweepInterval(), storage, sweeper, ledgers.leases(), clock);
            JobPruning pruning = new JobPruning(ledgers.jobs(), config.jobRetention(), clock);
            LeasedTask prune = new LeasedTask("prune jobs", pruning::prune, ledgers.leases(), clock);
            module.task("Deleting old jobs", prune, config.sweepInterval()).start(firstDelay(config.sweepInterval()));
        }
        return module;
    }

    /** Counts of the cleanup. */
    public SweepCounts counts() {
        return sweeps;
    }

    /** Counts of job items; empty when background work is not enabled. */
    public Optional<JobCounts> jobCounts() {
        return runner.map(JobRunner::counts);
    }

    /** Interrupts running work and returns within 10 seconds. Idempotent. */
    @Override
    public void close() {
        runner.ifPresent(JobRunner::close);
        ends.forEach(Runnable::run);
        scheduler.close();
    }

    private void startSweeping(
            Duration interval, Storage storage, Sweeper sweeper, Leases leases, InstantSource clock) {
        LeasedTask resume = new LeasedTask("resume", sweeper::resumeUploads, leases, clock);
        LeasedTask abandoned = new LeasedTask("abandoned", sweeper::abortAbandonedUploads, leases, clock);
        LeasedTask expire = new LeasedTask("expire", sweeper::expireUploads, leases, clock);
        LeasedTask orphans = new LeasedTask("orphans", sweeper::abortStaleUploads, leases, clock);
        task("Resuming interrupted uploads", resume, interval).start(Duration.ZERO);
        task("Aborting abandoned uploads", abandoned, interval).start(settled(interval));
        task("Expiring idle uploads", expire, interval).start(firstDelay(interval));
        task("Aborting orphaned uploads", orphans, interval).start(firstDelay(interval));
        storage.maintenance().ifPresent(maintenance -> {
            LeasedTask tidy = new LeasedTask("store", () -> sweeper.sweepStore(maintenance), leases, clock);
            task("Cleaning up the store", tidy, interval).start(firstDelay(interval));
        });
    }

    private static LeasedTask alone(MaintenanceTask maintenance, Leases leases, InstantSource clock) {
        return new LeasedTask(maintenance.name(), maintenance.work(), leases, clock);
    }

    private RecurringTask task(String name, Runnable work, Duration interval) {
        return new RecurringTask(name, work, interval, scheduler);
    }

    /** Not later than an interval: with a short one, later runs find what the first one was too early for. */
    private static Duration settled(Duration interval) {
        return interval.compareTo(SETTLED) < 0 ? interval : SETTLED;
    }

    /** Delayed, to leave the store to reconnecting clients, and at random, so that several processes don't start at the same time. */
    private static Duration firstDelay(Duration interval) {
        long millis = ThreadLocalRandom.current().nextLong(EARLIEST_START.toMillis(), LATEST_START.toMillis());
        return Duration.ofMillis(Math.min(millis, interval.toMillis()));
    }
}
