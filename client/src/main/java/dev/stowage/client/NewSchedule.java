package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A schedule to be created.
 *
 * @param name for people; need not be unique
 * @param cron minute, hour, day of the month, month and day of the week, as of crontab(5)
 * @param zone of these times
 * @param overlaps whether a job is also submitted while the previous one has not finished
 * @param job submitted at each time
 */
public record NewSchedule(String name, String cron, ZoneId zone, boolean overlaps, JobSubmission job) {

    /** Returns a schedule in UTC whose jobs do not overlap. */
    public static NewSchedule of(String name, String cron, JobSubmission job) {
        return new NewSchedule(name, cron, ZoneOffset.UTC, false, job);
    }

    /** Returns the same schedule in another time zone. */
    public NewSchedule in(ZoneId other) {
        return new NewSchedule(name, cron, other, overlaps, job);
    }

    /** Returns the same schedule with jobs that may overlap. */
    public NewSchedule overlapping() {
        return new NewSchedule(name, cron, zone, true, job);
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject()
                .put("name", name)
                .put("cron", cron)
                .put("time_zone", zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId())
                .put("overlap", overlaps ? "allow" : "skip");
        json.set("job", job.json());
        return json;
    }
}
