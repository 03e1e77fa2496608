package dev.stowage.core.port.records;

import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of schedules. A change survives a crash once its method has returned. Safe for concurrent use, also by several
 * processes; errors are those of {@link BatchJobs}.
 */
public interface JobSchedules {

    /**
     * Adds a schedule.
     *
     * @param max the maximum number of schedules of its owner; it also holds across concurrent calls
     * @throws dev.stowage.core.error.TooManyOpen when the owner has that many
     */
    void add(JobSchedule schedule, int max);

    /** Returns a schedule, or empty when there is none. */
    Optional<JobSchedule> find(String id);

    /**
     * Returns a page of an owner's schedules, oldest first.
     *
     * @param owner empty for the schedules without an owner
     * @param max 1 to {@link BatchJobs#MAX_PAGE}
     * @param after the position that the previous page returned; 0 for the first page
     */
    Page<JobSchedule, Long> list(Optional<String> owner, int max, long after);

    /** Returns schedules with a run that is due or was begun, the longest due ones first. */
    List<JobSchedule> due(Instant now, int max);

    /**
     * Changes the runs of a schedule from one version to the next. Of several concurrent changes from the same version, one succeeds.
     *
     * @return whether this change succeeded; false also when the schedule was removed
     */
    boolean change(JobSchedule from, JobSchedule to);

    /** Removes a schedule; its jobs stay. Idempotent. */
    void remove(String id);
}
