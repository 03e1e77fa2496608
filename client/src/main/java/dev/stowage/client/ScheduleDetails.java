package dev.stowage.client;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it was when the service answered.
 *
 * @param cron minute, hour, day of the month, month and day of the week
 * @param timeZone the name of the time zone of these times
 * @param overlaps whether a job is also submitted while the previous one has not finished
 * @param enabled whether jobs are submitted
 * @param job what is submitted
 * @param nextAt the time of the next run; empty while the schedule is disabled
 * @param lastAt the time of the latest run that was submitted
 * @param lastJob the id of its job, whose record may have been deleted since
 * @param missed the number of times at which no job was submitted
 * @param message why the latest run was not submitted; empty if it was
 */
public record ScheduleDetails(
        String id,
        String name,
        String cron,
        String timeZone,
        boolean overlaps,
        boolean enabled,
        JobSubmission job,
        Instant createdAt,
        Optional<Instant> nextAt,
        Optional<Instant> lastAt,
        Optional<String> lastJob,
        long missed,
        Optional<String> message) {

    static ScheduleDetails of(JsonFields json) {
        return new ScheduleDetails(
                json.text("id"),
                json.text("name"),
                json.text("cron"),
                json.text("time_zone"),
                json.text("overlap").equals("allow"),
                json.flag("enabled"),
                JobSubmission.of(json.object("job")),
                json.time("created_at"),
                json.optionalTime("next_at"),
                json.optionalTime("last_at"),
                json.optionalText("last_job"),
                json.number("missed"),
                json.object("error").optionalText("message"));
    }
}
