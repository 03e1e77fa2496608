package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.worker.job.Candidate.Share;
import dev.stowage.worker.job.WorkerSlots.Kind;
import dev.stowage.worker.schedule.BackgroundLog;
import dev.stowage.worker.schedule.RepeatedFailure;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Schedules jobs: polls for open jobs and runs their work on a few threads. One thread makes all scheduling decisions. */
public final class JobRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** How long work may take to stop by itself, and again after an interrupt. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    /** How many owners are considered at once, and how many jobs of each. */
    private static final int OWNERS = 64;

    private static final int JOBS_OF_EACH = 16;

    private final JobContext context;
    private final JobWriter writer;
    private final JobCounts counts = new JobCounts();
    private final Scheduler scheduler;
    private final WorkThreads threads;
    private final WorkerSlots slots;
    private final Map<JobId, BatchThrottle> throttles = new ConcurrentHashMap<>();
    private final Map<JobId, Long> turns = new HashMap<>();
    private final Map<String, Long> ownerTurns = new HashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final RepeatedFailure pollFailure;
    private long turn;
    private Optional<String> nextOwner = Optional.empty();
    private int failures;
    private Instant recoverAt = Instant.MIN;

    JobRunner(JobContext context, int concurrency, Scheduler scheduler, WorkThreads threads) {
        this.context = context;
        this.writer = new JobWriter(context.jobs(), context.clock(), counts);
        this.pollFailure = new RepeatedFailure(context.clock());
        this.scheduler = scheduler;
        this.threads = threads;
        // One more than the concurrency; it is never given to a job that has all the others.
        this.slots = new WorkerSlots(concurrency + 1);
    }

    /**
     * Starts the work and returns at once. The resources of {@code context} are owned by the caller, and closed after this.
     *
     * @param concurrency how many batches of items run at once: from 1
     */
    public static JobRunner start(JobContext context, int concurrency) {
        JobRunner runner = new JobRunner(
                context, concurrency, new ThreadScheduler("stowage-jobs"), new ThreadPool(concurrency + 1));
        runner.begin();
        return runner;
    }

    /** Counts of item outcomes. */
    public JobCounts counts() {
        return counts;
    }

    /** Stops running work within a few seconds; items without a result are released. Idempotent. */
    @Override
    public void close() {
        scheduler.close();
        Instant now = context.clock().instant();
        slots.stop(job -> true, now);
        if (!threads.awaitEnd(STOP_LIMIT)) {
            slots.stop(job -> true, now.plus(STOP_LIMIT));
            writer.close();
            boolean unused = threads.awaitEnd(STOP_LIMIT);
        }
        threads.close();
    }

    void begin() {
        scheduler.after(Duration.ZERO, this::poll);
    }

    private void poll() {
        Duration pause = POLL;
        try {
            schedule();
            failures = 0;
            pollFailure.end();
        } catch (RuntimeException | Error e) {
            pause = Duration.ofMillis(Math.min(POLL.toMillis() << Math.min(++failures, 10), LONGEST_PAUSE.toMillis()));
            if (pollFailure.isDue(e)) {
                BackgroundLog.log(
                        LOG.atLevel(e instanceof StorageException ? Level.WARN : Level.ERROR),
                        e,
                        "Could not poll for jobs; the next attempt is in {} s",
                        pause.toSeconds());
            }
        }
        scheduler.after(pause, this::poll);
    }

    /** One round: recovers claims, stops work on ended jobs, and fills free slots. */
    private void schedule() {
        Instant now = context.clock().instant();
        if (!now.isBefore(recoverAt)) {
            recoverAt = now.plus(RECOVERY);
            recover(now);
        }
        Page<BatchJobs.OpenJob, String> found = context.jobs().open(nextOwner, OWNERS, JOBS_OF_EACH, now);
        nextOwner = found.next();
        List<BatchJobs.OpenJob> open = found.items();
        Map<JobId, BatchJobs.OpenJob> byId = new HashMap<>();
        open.forEach(job -> byId.put(job.job().id(), job));
        stopOthers(byId, now);
        dropEnded(byId);
        Fence lease = context.lease().get();
        while (lease.isOpen() && startNext(open, now)) {
            // Continues while there are slots and work. Without a lease, a claim could only be given back.
        }
    }

    private void recover(Instant now) {
        int claims;
        do {
            claims = context.jobs().recover(slots.jobs(), now);
            if (claims > 0) {
                LOG.atInfo().addKeyValue("claims", claims).log("Took over abandoned claims");
            }
        } while (claims > 0);
    }

    private void stopOthers(Map<JobId, BatchJobs.OpenJob> open, Instant now) {
        Set<JobId> ended = slots.jobs();
        ended.removeIf(job -> open.containsKey(job) || isActive(job));
        slots.stop(ended::contains, now);
    }

    /** A round sees only some of the open jobs, so a job that was not seen may still be active. */
    private boolean isActive(JobId id) {
        return context.jobs()
                .find(id)
                .map(status -> status.job().state().isActive())
                .orElse(false);
    }

    /** Drops the scheduling state of ended jobs, and of owners without running work. */
    private void dropEnded(Map<JobId, BatchJobs.OpenJob> open) {
        Set<JobId> working = slots.jobs();
        throttles.keySet().removeIf(id -> !open.containsKey(id) && !working.contains(id) && !isActive(id));
        turns.keySet().retainAll(throttles.keySet());
        Set<String> owners = open.values().stream().map(JobRunner::owner).collect(Collectors.toSet());
        ownerTurns.keySet().removeIf(owner -> !owners.contains(owner) && slots.heldBy(owner) == 0);
    }

    /** Returns whether anything was started. */
    private boolean startNext(List<BatchJobs.OpenJob> open, Instant now) {
        Optional<BatchJobs.OpenJob> unread = next(open, job -> isUnread(job, now), slots.free());
        if (unread.isPresent()) {
            BatchJobs.OpenJob job = unread.get();
            start(job, Kind.READING, new SourceScanner(job, context, writer, throttle(job)));
            return true;
        }
        Optional<BatchJobs.OpenJob> next = next(open, job -> isClaimable(job, now), slots.free());
        next.ifPresent(job -> start(job, isWhole(job) ? Kind.WHOLE : Kind.ITEMS, work(job)));
        return next.isPresent();
    }

    private Optional<BatchJobs.OpenJob> next(
            List<BatchJobs.OpenJob> open, Predicate<BatchJobs.OpenJob> which, int free) {
        List<BatchJobs.OpenJob> some = open.stream().filter(which).toList();
        return FairShare.next(some.stream().map(this::candidate).toList(), free)
                .flatMap(chosen -> some.stream()
                        .filter(job -> job.job().id().equals(chosen.id()))
                        .findFirst());
    }

    private boolean isUnread(BatchJobs.OpenJob job, Instant now) {
        return !job.totalFinal()
                && isKnown(job)
                && slots.mayStart(Kind.READING, owner(job))
                && !slots.isReading(job.job().id())
                && throttle(job).isOpen(now);
    }

    private boolean isClaimable(BatchJobs.OpenJob job, Instant now) {
        if (!hasWork(job) || !throttle(job).isOpen(now)) {
            return false;
        }
        return !isWhole(job)
                || (slots.mayStart(Kind.WHOLE, owner(job))
                        && slots.working(job.job().id()) == 0);
    }

    /** Whether there are items that can be run now. A job that can't be run here, such as one with an operation of a newer version, is left to others. */
    private boolean hasWork(BatchJobs.OpenJob job) {
        return job.claimable()
                && isKnown(job)
                && (job.totalFinal() || !context.operations().of(job.job()).waitsForAll());
    }

    private boolean isKnown(BatchJobs.OpenJob job) {
        return context.operations().canRun(job.job().spec());
    }

    private boolean isWhole(BatchJobs.OpenJob job) {
        return context.operations().of(job.job()).isWhole();
    }

    private Candidate candidate(BatchJobs.OpenJob job) {
        JobId id = job.job().id();
        String owner = owner(job);
        JobOptions options = job.job().spec().options();
        Share share = new Share(owner, slots.heldBy(owner), ownerTurns.getOrDefault(owner, 0L));
        return new Candidate(
                id, share, options.priority(), options.concurrency(), slots.working(id), turns.getOrDefault(id, 0L));
    }

    private static String owner(BatchJobs.OpenJob job) {
        return job.job().owner().orElse("");
    }

    private JobWork work(BatchJobs.OpenJob job) {
        JobOperations fenced = context.operations().under(context.lease().get());
        JobExecution execution = fenced.of(job.job());
        return execution.isWhole()
                ? new WholeJobRunner(job, execution, context, writer, throttle(job))
                : new ItemRunner(job, execution, context, writer, throttle(job));
    }

    private void start(BatchJobs.OpenJob job, Kind kind, JobWork work) {
        WorkerSlots.Work started = slots.take(job.job().id(), owner(job), kind);
        turns.put(started.job(), ++turn);
        ownerTurns.put(started.owner(), turn);
        try {
            threads.execute(() -> run(started, work, throttle(job)));
        } catch (RuntimeException | Error e) {
            slots.release(started);
            throw e;
        }
    }

    private void run(WorkerSlots.Work started, JobWork work, BatchThrottle throttle) {
        try {
            work.run(started.stop());
        } catch (ClaimLost e) {
            LOG.atWarn()
                    .addKeyValue("job", started.job())
                    .log("The lease of this process expired during work on a job; another process may have taken over");
            throttle.pause(context.clock().instant());
        } catch (RuntimeException | Error e) {
            BackgroundLog.log(
                    LOG.atError().addKeyValue("job", started.job()), e, "Work on a job failed and will be repeated");
            int unused = throttle.failed(context.clock().instant());
        } finally {
            scheduler.after(Duration.ZERO, () -> ended(started));
        }
    }

    /** Looks for work at once. Calls before it has looked count as one; after {@link #close} they do nothing. Returns at once. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            scheduler.after(Duration.ZERO, () -> {
                woken.set(false);
                scheduleNow(() -> {});
            });
        }
    }

    private void ended(WorkerSlots.Work work) {
        slots.release(work);
        scheduleNow(() -> report(work));
    }

    private void report(WorkerSlots.Work work) {
        context.jobs()
                .find(work.job())
                .filter(status -> status.job().state().isFinished() && slots.working(work.job()) == 0)
                .ifPresent(JobRunner::log);
    }

    /** One round outside the interval. */
    private void scheduleNow(Runnable first) {
        try {
            first.run();
            schedule();
        } catch (StorageException e) {
            LOG.debug("Could not poll for jobs; the next attempt follows shortly", e);
        } catch (RuntimeException | Error e) {
            LOG.error("Could not poll for jobs; the next attempt follows shortly", e);
        }
    }

    private static void log(JobStatus status) {
        LOG.atInfo()
                .addKeyValue("job", status.job().id())
                .addKeyValue("operation", status.job().spec().operation())
                .addKeyValue("succeeded", status.progress().succeeded())
                .addKeyValue("failed", status.progress().failed())
                .addKeyValue("skipped", status.progress().skipped())
                .log("Job {}", status.job().state().id());
    }

    private BatchThrottle throttle(BatchJobs.OpenJob job) {
        return throttles.computeIfAbsent(job.job().id(), id -> new BatchThrottle());
    }
}
