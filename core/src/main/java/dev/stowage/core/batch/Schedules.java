package dev.stowage.core.batch;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.core.port.service.Timetables;
import dev.stowage.core.port.service.Timetables.Timetable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Schedules of batch jobs, as the principals who create them see them.
 *
 * <p>Safe for concurrent use. Every method throws {@link dev.stowage.core.error.AccessDenied} when the principal has no right to jobs, and
 * every method that names a schedule throws {@link NotFound} when there is none, or it is another principal's.
 */
public final class Schedules {

    /** The maximum number of keys in the source of a schedule. */
    public static final int MAX_KEYS = JobSource.Keys.SHOWN;

    private static final int ATTEMPTS = 100;

    private final JobSchedules schedules;
    private final Timetables timetables;
    private final Jobs jobs;
    private final AccessPolicy access;
    private final int max;
    private final InstantSource clock;

    /** @param max the maximum number of schedules of one principal */
    public Schedules(
            JobSchedules schedules,
            Timetables timetables,
            Jobs jobs,
            AccessPolicy access,
            int max,
            InstantSource clock) {
        this.schedules = schedules;
        this.timetables = timetables;
        this.jobs = jobs;
        this.access = access;
        this.max = max;
        this.clock = clock;
    }

    /**
     * Creates a schedule, which is enabled. A repetition creates another one.
     *
     * @param principal the owner of the schedule and of its jobs; each job is submitted with the rights that the owner has at that time
     * @param name for people, 1 to 100 characters without control characters
     * @param cron minute, hour, day of the month, month and day of the week
     * @param zone the name of a time zone, such as {@code Europe/Berlin} or {@code UTC}
     * @param overlaps whether a job is submitted while the previous one has not finished
     * @throws InvalidInput when the name, the times or the job are not valid; {@code detail.field} says where
     * @throws dev.stowage.core.error.TooManyOpen when the principal has reached the limit of schedules
     */
    public JobSchedule create(
            Principal principal, String name, String cron, String zone, boolean overlaps, JobSpec job) {
        AuditedAction action = AuditedAction.of("schedule.create").with("operation", job.operation());
        return access.audited(
                principal,
                action,
                () -> {
                    access.permissions().check(principal, Action.JOBS);
                    JobSchedule schedule = schedule(principal, name, cron, zone(zone), overlaps, job);
                    schedules.add(schedule, max);
                    return schedule;
                },
                made -> action.with("schedule", made.id()));
    }

    private JobSchedule schedule(
            Principal principal, String name, String cron, ZoneId zone, boolean overlaps, JobSpec job) {
        if (job.source() instanceof JobSource.Keys keys && keys.keys().size() > MAX_KEYS) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "A schedule takes at most " + MAX_KEYS + " keys; upload a list of the keys as a file and name it in"
                            + " source.manifest",
                    Map.of("max_keys", MAX_KEYS, "field", "job.source.keys"));
        }
        jobs.check(principal, job);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant first = timetables
                .of(cron, zone)
                .after(now)
                .orElseThrow(() -> InvalidInput.ofField("cron", "cron names no time that will come"));
        return new JobSchedule(
                UUID.randomUUID().toString(),
                principal.id(),
                name,
                cron,
                zone,
                overlaps,
                job,
                now,
                JobSchedule.Runs.from(first),
                0);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw InvalidInput.ofField(
                    "time_zone", "time_zone must be the name of a time zone, such as UTC or Europe/Berlin");
        }
    }

    /** Returns a schedule. */
    public JobSchedule get(Principal principal, String id) {
        AuditedAction action = AuditedAction.of(Action.JOBS.id()).with("schedule", id);
        return access.asked(principal, action, () -> find(principal, id));
    }

    /**
     * Returns a page of the principal's own schedules, oldest first.
     *
     * @param limit 1 to 1000
     * @param cursor of the previous page
     * @throws InvalidInput when the limit is out of bounds, or the cursor is not valid
     */
    public Page<JobSchedule, Long> list(Principal principal, int limit, Optional<String> cursor) {
        access.check(principal, Action.JOBS);
        return schedules.list(
                principal.id(),
                PageLimit.check(limit),
                PageLimit.position(cursor).orElse(0L));
    }

    /**
     * Enables or disables a schedule. Times that pass while it is disabled are not missed. A repetition does nothing.
     *
     * @throws Conflict when others change it at the same time
     */
    public JobSchedule enable(Principal principal, String id, boolean enabled) {
        return audited(principal, enabled ? "schedule.enable" : "schedule.disable", id, () -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                JobSchedule now = find(principal, id);
                if (now.enabled() == enabled) {
                    return now;
                }
                Optional<Instant> next = enabled ? timetable(now).after(clock.instant()) : Optional.empty();
                JobSchedule changed = now.with(now.runs().next(next));
                if (schedules.change(now, changed)) {
                    return changed;
                }
            }
            throw new Conflict("The schedule " + id + " is being changed by other requests; try again");
        });
    }

    /** Deletes a schedule. Its jobs stay, and continue. */
    public void delete(Principal principal, String id) {
        boolean unused = audited(principal, "schedule.delete", id, () -> {
            JobSchedule found = find(principal, id);
            schedules.remove(found.id());
            return true;
        });
    }

    private Timetable timetable(JobSchedule schedule) {
        return timetables.of(schedule.cron(), schedule.zone());
    }

    private <T> T audited(Principal principal, String operation, String id, Supplier<T> work) {
        return access.audited(principal, AuditedAction.of(operation).with("schedule", id), work);
    }

    /** Finds a schedule without writing to the audit log, which the callers do. */
    private JobSchedule find(Principal principal, String id) {
        access.permissions().check(principal, Action.JOBS);
        return schedules
                .find(id)
                .filter(schedule -> principal.owns(schedule.owner()))
                .orElseThrow(() -> NotFound.schedule(id));
    }
}
