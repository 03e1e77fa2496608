package dev.stowage.http.jobs;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobSpec;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import org.jspecify.annotations.Nullable;

/** The JSON of a new schedule. */
@OpenApiName("ScheduleRequest")
record ScheduleRequest(
        @OpenApiRequired
        @OpenApiDescription("For people: 1 to 100 characters without control characters; need not be unique")
        @OpenApiExample("nightly clean-up")
        @Nullable
        String name,

        @OpenApiRequired
        @OpenApiDescription("Minute, hour, day of the month, month and day of the week, as of crontab(5)")
        @OpenApiExample("0 3 * * *")
        @Nullable
        String cron,

        @OpenApiName("time_zone")
        @OpenApiDescription("Of these times: the name of a time zone; UTC by default")
        @OpenApiExample("Europe/Berlin")
        @Nullable
        String timeZone,

        @OpenApiRequired @OpenApiDescription("The job as it is submitted each time; of keys, at most 100") @Nullable
        JobRequest job,

        @OpenApiDescription(
                "What happens while the previous job has not finished: skip, the default, submits none; allow")
        @OpenApiExample("skip")
        @Nullable
        String overlap) {

    @OpenApiIgnore
    String requiredName() {
        return Json.required("name", name);
    }

    @OpenApiIgnore
    String requiredCron() {
        return Json.required("cron", cron);
    }

    @OpenApiIgnore
    String zone() {
        return timeZone == null ? "UTC" : timeZone;
    }

    @OpenApiIgnore
    JobSpec spec() {
        return Json.required("job", job).spec();
    }

    @OpenApiIgnore
    boolean overlaps() {
        return switch (overlap == null ? "skip" : overlap) {
            case "skip" -> false;
            case "allow" -> true;
            default -> throw InvalidInput.ofField("overlap", "overlap must be skip or allow");
        };
    }

    /** The JSON of a change. */
    @OpenApiName("SchedulePatch")
    record Patch(
            @OpenApiRequired
            @OpenApiDescription("Whether jobs are submitted; times that pass while it is false are not missed")
            @OpenApiExample("false")
            @Nullable
            Boolean enabled) {

        @OpenApiIgnore
        boolean isEnabled() {
            return Json.required("enabled", enabled);
        }
    }
}
