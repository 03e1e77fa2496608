package dev.stowage.worker.job;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.OpenJob;
import dev.stowage.core.job.OpenJobs;
import dev.stowage.core.operation.JobOperation;
import dev.stowage.core.operation.JobOperations;
import dev.stowage.worker.job.Candidate.Share;
import dev.stowage.worker.job.WorkerSlots.Kind;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Works on jobs: looks again and again what there is to do, and gives it to a few threads. One thread decides; only the work itself is
 * done by others.
 */
public final class JobRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** For what runs, to end by itself, and again once it was interrupted. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    /** How many owners are looked at at once, and how many jobs of each. */
    private static final int OWNERS = 64;

    private static final int JOBS_OF_EACH = 16;

    private final JobContext context;
    private final JobWriter writer;
    private final JobCounts counts = new JobCounts();
    private final Scheduler scheduler;
    private final WorkThreads threads;
    private final WorkPlan plan;
    private final WorkerSlots slots;
    private final Map<JobId, BatchThrottle> paces = new ConcurrentHashMap<>();
    private final Map<JobId, Long> turns = new HashMap<>();
    private final Map<String, Long> ownerTurns = new HashMap<>();
    private long turn;
    private Optional<String> nextOwner = Optional.empty();
    private int failures;
    private Instant recoverAt = Instant.MIN;

    JobRunner(JobContext context, int concurrency, Scheduler scheduler, WorkThreads threads) {
        this.context = context;
        this.writer = new JobWriter(context.jobs(), context.clock(), counts);
        this.scheduler = scheduler;
        this.threads = threads;
        this.plan = new WorkPlan(context.operations());
        // One more than asked for, which a job that has the others never gets.
        this.slots = new WorkerSlots(concurrency + 1);
    }

    /**
     * Starts the work and returns at once. What {@code context} has stays the caller's, to be closed after this.
     *
     * @param concurrency on how many batches of items at once: from 1
     */
    public static JobRunner start(JobContext context, int concurrency) {
        JobRunner runner = new JobRunner(
                context, concurrency, new ThreadScheduler("stowage-jobs"), new ThreadPool(concurrency + 1));
        runner.begin();
        return runner;
    }

    /** What it has done. */
    public JobCounts counts() {
        return counts;
    }

    /** Ends what is under way, in a few seconds; what has no result then is given back. Again: does nothing. */
    @Override
    public void close() {
        scheduler.close();
        Instant now = context.clock().instant();
        slots.stop(job -> true, now);
        if (!threads.awaitEnd(PATIENCE)) {
            slots.stop(job -> true, now.plus(PATIENCE));
            writer.close();
            boolean unused = threads.awaitEnd(PATIENCE);
        }
        threads.close();
    }

    void begin() {
        scheduler.after(Duration.ZERO, this::poll);
    }

    private void poll() {
        Duration pause = POLL;
        try {
            look();
            failures = 0;
        } catch (RuntimeException | Error e) {
            pause = Duration.ofMillis(Math.min(POLL.toMillis() << Math.min(++failures, 10), LONGEST_PAUSE.toMillis()));
            LOG.atLevel(e instanceof StorageException ? Level.WARN : Level.ERROR)
                    .setCause(e)
                    .log("Could not look for jobs; the next attempt is in {} s", pause.toSeconds());
        }
        scheduler.after(pause, this::poll);
    }

    /** Takes one look: recovers, stops what is to be stopped, and starts what there is a place for. */
    private void look() {
        Instant now = context.clock().instant();
        if (!now.isBefore(recoverAt)) {
            recoverAt = now.plus(RECOVERY);
            recover(now);
        }
        OpenJobs found = context.jobs().open(nextOwner, OWNERS, JOBS_OF_EACH, now);
        nextOwner = found.next();
        List<OpenJob> open = found.jobs();
        Map<JobId, OpenJob> byId = new HashMap<>();
        open.forEach(job -> byId.put(job.job().id(), job));
        stopOthers(byId, now);
        forget(byId);
        Fence lease = context.lease().get();
        while (lease.isOpen() && startNext(open, now)) {
            // As long as there are slots and work. What is claimed without a lease could only be given back.
        }
    }

    private void recover(Instant now) {
        int claims;
        do {
            claims = context.jobs().recover(slots.jobs(), now);
            if (claims > 0) {
                LOG.atInfo().addKeyValue("claims", claims).log("Took back work that nobody is at any more");
            }
        } while (claims > 0);
    }

    private void stopOthers(Map<JobId, OpenJob> open, Instant now) {
        Set<JobId> ended = slots.jobs();
        ended.removeIf(job -> open.containsKey(job) || isActive(job));
        slots.stop(ended::contains, now);
    }

    /** Of a great many jobs, not all are seen at once. */
    private boolean isActive(JobId id) {
        return context.jobs()
                .find(id)
                .map(status -> status.job().state().isActive())
                .orElse(false);
    }

    /** What is known of jobs that have ended, and of owners that have nothing running. */
    private void forget(Map<JobId, OpenJob> open) {
        Set<JobId> working = slots.jobs();
        paces.keySet().removeIf(id -> !open.containsKey(id) && !working.contains(id) && !isActive(id));
        turns.keySet().retainAll(paces.keySet());
        Set<String> owners = open.values().stream().map(JobRunner::owner).collect(Collectors.toSet());
        ownerTurns.keySet().removeIf(owner -> !owners.contains(owner) && slots.of(owner) == 0);
    }

    /** Whether anything was started. */
    private boolean startNext(List<OpenJob> open, Instant now) {
        Optional<OpenJob> unread = next(open, job -> isUnread(job, now), slots.free());
        if (unread.isPresent()) {
            OpenJob job = unread.get();
            start(job, Kind.READING, new SourceScanner(job, context, writer, throttle(job)));
            return true;
        }
        Optional<OpenJob> next = next(open, job -> isClaimable(job, now), slots.free());
        next.ifPresent(job -> start(job, plan.isWhole(job.job().spec()) ? Kind.WHOLE : Kind.ITEMS, work(job)));
        return next.isPresent();
    }

    private Optional<OpenJob> next(List<OpenJob> open, Predicate<OpenJob> which, int free) {
        List<OpenJob> some = open.stream().filter(which).toList();
        return FairShare.next(some.stream().map(this::candidate).toList(), free)
                .flatMap(chosen -> some.stream()
                        .filter(job -> job.job().id().equals(chosen.id()))
                        .findFirst());
    }

    private boolean isUnread(OpenJob job, Instant now) {
        return !job.totalFinal()
                && slots.mayHold(Kind.READING, owner(job))
                && !slots.isReading(job.job().id())
                && throttle(job).isOpen(now);
    }

    private boolean isClaimable(OpenJob job, Instant now) {
        if (!plan.isClaimable(job) || !throttle(job).isOpen(now)) {
            return false;
        }
        return !plan.isWhole(job.job().spec())
                || (slots.mayHold(Kind.WHOLE, owner(job))
                        && slots.working(job.job().id()) == 0);
    }

    private Candidate candidate(OpenJob job) {
        JobId id = job.job().id();
        String owner = owner(job);
        JobOptions options = job.job().spec().options();
        Share share = new Share(owner, slots.of(owner), ownerTurns.getOrDefault(owner, 0L));
        return new Candidate(
                id, share, options.priority(), options.concurrency(), slots.working(id), turns.getOrDefault(id, 0L));
    }

    private static String owner(OpenJob job) {
        return job.job().owner().orElse("");
    }

    private JobWork work(OpenJob job) {
        JobOperations fenced = context.operations().under(context.lease().get());
        JobOperation operation = new WorkPlan(fenced).operation(job.job().spec());
        return operation.batchSize() == JobOperation.ALL
                ? new WholeJobRunner(job, operation, context, writer, throttle(job))
                : new ItemRunner(job, operation, context, writer, throttle(job));
    }

    private void start(OpenJob job, Kind kind, JobWork work) {
        WorkerSlots.Work started = slots.take(job.job().id(), owner(job), kind);
        turns.put(started.job(), ++turn);
        ownerTurns.put(started.owner(), turn);
        try {
            threads.execute(() -> run(started, work, throttle(job)));
        } catch (RuntimeException | Error e) {
            slots.leave(started);
            throw e;
        }
    }

    private void run(WorkerSlots.Work started, JobWork work, BatchThrottle throttle) {
        try {
            work.run(started.stop());
        } catch (ClaimLost e) {
            LOG.atWarn()
                    .addKeyValue("job", started.job())
                    .log("This process was silent for too long: others may have taken over its work on a job");
            throttle.rest(context.clock().instant());
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("job", started.job()).setCause(e).log("Work on a job broke off, and is repeated");
            int unused = throttle.failed(context.clock().instant());
        } finally {
            scheduler.after(Duration.ZERO, () -> ended(started));
        }
    }

    private void ended(WorkerSlots.Work work) {
        slots.leave(work);
        try {
            context.jobs()
                    .find(work.job())
                    .filter(status -> status.job().state().isFinished() && slots.working(work.job()) == 0)
                    .ifPresent(JobRunner::log);
            look();
        } catch (StorageException e) {
            LOG.debug("Could not look for jobs; the next look comes soon", e);
        } catch (RuntimeException | Error e) {
            LOG.error("Could not look for jobs; the next look comes soon", e);
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

    private BatchThrottle throttle(OpenJob job) {
        return paces.computeIfAbsent(job.job().id(), id -> new BatchThrottle());
    }
}
