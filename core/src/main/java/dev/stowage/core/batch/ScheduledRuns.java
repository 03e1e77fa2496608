package dev.stowage.core.batch;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Idempotency;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.Timetables;
import dev.stowage.core.port.service.Timetables.Timetable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Submits the jobs of schedules when they are due.
 *
 * <p>A run is recorded as begun before its job is submitted, and the submission is idempotent. After a crash it is therefore submitted
 * again and is the same job, so no run is lost and none is submitted twice, even by two processes at once. Of several times that have
 * passed without a worker, the latest is run, and the others are counted as missed. For one thread.
 */
public final class ScheduledRuns {

    /** Bounds the time of one round; further ones follow at once. */
    private static final int AT_ONCE = 100;

    /** More times that have passed are not counted one by one. */
    private static final int MOST_MISSED = 10_000;

    private final JobSchedules schedules;
    private final Timetables timetables;
    private final BatchJobs records;
    private final Jobs jobs;
    private final Principals principals;
    private final InstantSource clock;

    /** @param principals the owners of schedules */
    public ScheduledRuns(
            JobSchedules schedules,
            Timetables timetables,
            BatchJobs records,
            Jobs jobs,
            Principals principals,
            InstantSource clock) {
        this.schedules = schedules;
        this.timetables = timetables;
        this.records = records;
        this.jobs = jobs;
        this.principals = principals;
        this.clock = clock;
    }

    /** Whether a run is due. */
    public boolean isDue() {
        return !schedules.due(clock.instant(), 1).isEmpty();
    }

    /**
     * Submits the jobs that are due. A schedule that can't be read does not keep the others from it.
     *
     * @return how many were submitted
     * @throws StorageUnavailable when one of them could not be submitted for a temporary reason; a repetition continues
     */
    public int submitDue() {
        int submitted = 0;
        Optional<StorageUnavailable> failure = Optional.empty();
        for (JobSchedule schedule : schedules.due(clock.instant(), AT_ONCE)) {
            try {
                Optional<JobSchedule> begun =
                        schedule.runs().begunAt().isPresent() ? Optional.of(schedule) : begin(schedule);
                submitted += begun.isPresent() && submit(begun.get()) ? 1 : 0;
            } catch (StorageUnavailable e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return submitted;
    }

    /** Begins the run at the latest time that has passed, unless the previous job has not finished. */
    private Optional<JobSchedule> begin(JobSchedule schedule) {
        Timetable times = timetables.of(schedule.cron(), schedule.zone());
        Instant now = clock.instant();
        Instant latest = schedule.runs().nextAt().orElse(now);
        Optional<Instant> next = times.after(latest);
        int missed = 0;
        while (next.isPresent() && !next.get().isAfter(now) && missed < MOST_MISSED) {
            latest = next.get();
            next = times.after(latest);
            missed++;
        }
        boolean waits = !schedule.overlaps() && isRunning(schedule);
        JobSchedule.Runs runs = schedule.runs()
                .next(next.filter(time -> time.isAfter(now)).or(() -> times.after(now)))
                .missing(missed + (waits ? 1 : 0));
        JobSchedule changed = schedule.with(waits ? runs : runs.begun(latest));
        return schedules.change(schedule, changed) && !waits ? Optional.of(changed) : Optional.empty();
    }

    private boolean isRunning(JobSchedule schedule) {
        return schedule.runs()
                .lastJob()
                .flatMap(records::find)
                .filter(status -> !status.job().state().isFinished())
                .isPresent();
    }

    /** Returns whether the run that was begun has a job now. */
    private boolean submit(JobSchedule schedule) {
        JobSchedule.Runs runs = schedule.runs();
        try {
            JobId job = submitted(schedule).job().id();
            boolean unused = schedules.change(schedule, schedule.with(runs.submitted(job)));
            return true;
        } catch (StorageUnavailable e) {
            throw e;
        } catch (StorageException e) {
            boolean unused = schedules.change(schedule, schedule.with(runs.refused(JobFailure.of(e))));
            return false;
        }
    }

    private JobStatus submitted(JobSchedule schedule) {
        Principal owner = principals.owner(schedule.owner());
        String time = String.valueOf(schedule.runs().begunAt().orElseThrow().toEpochMilli());
        // Not the scope of any client's key, which has no line breaks.
        return jobs.submit(owner, schedule.job(), new Idempotency("schedule\n" + schedule.id() + "\n" + time, time));
    }
}
