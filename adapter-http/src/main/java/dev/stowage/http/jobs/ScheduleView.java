package dev.stowage.http.jobs;

import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.port.Page;
import dev.stowage.http.jobs.JobView.Failure;
import dev.stowage.http.jobs.JobView.Options;
import dev.stowage.http.jobs.JobView.Source;
import dev.stowage.http.jobs.JobView.Target;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule, as clients see it. */
@OpenApiName("Schedule")
record ScheduleView(
        @OpenApiExample(ApiDoc.JOB_ID_EXAMPLE) String id,
        @OpenApiExample("nightly clean-up") String name,
        @OpenApiExample("0 3 * * *") String cron,

        @OpenApiName("time_zone") @OpenApiExample("Europe/Berlin")
        String timeZone,

        @OpenApiDescription("skip or allow") @OpenApiExample("skip")
        String overlap,

        @OpenApiExample("true") boolean enabled,
        Job job,

        @OpenApiName("created_at") @OpenApiExample(JobDoc.AT)
        Instant createdAt,

        @OpenApiName("next_at")
        @OpenApiNullable
        @OpenApiDescription("Null while the schedule is disabled")
        @OpenApiExample(JobDoc.AT)
        @Nullable
        Instant nextAt,

        @OpenApiName("last_at")
        @OpenApiNullable
        @OpenApiDescription("The time of the latest run that was submitted")
        @OpenApiExample(JobDoc.AT)
        @Nullable
        Instant lastAt,

        @OpenApiName("last_job")
        @OpenApiNullable
        @OpenApiDescription("The id of its job, whose record may have been deleted since")
        @OpenApiExample(ApiDoc.JOB_ID_EXAMPLE)
        @Nullable
        String lastJob,

        @OpenApiDescription("The number of times at which no job was submitted") @OpenApiExample("0")
        long missed,

        @OpenApiNullable @OpenApiDescription("Why the latest run was not submitted; null if it was") @Nullable
        Failure error) {

    static ScheduleView of(JobSchedule schedule) {
        JobSchedule.Runs runs = schedule.runs();
        return new ScheduleView(
                schedule.id(),
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.overlaps() ? "allow" : "skip",
                schedule.enabled(),
                Job.of(schedule.job()),
                schedule.createdAt(),
                runs.nextAt().orElse(null),
                runs.lastAt().orElse(null),
                runs.lastJob().map(JobId::value).orElse(null),
                runs.missed(),
                runs.error().map(Failure::of).orElse(null));
    }

    @OpenApiName("ScheduledJob")
    record Job(
            @OpenApiExample("copy") String operation,
            Source source,

            @OpenApiNullable @OpenApiDescription("Null if the operation has no target") @Nullable
            Target target,

            Options options) {

        static Job of(JobSpec spec) {
            return new Job(spec.operation(), Source.of(spec), Target.of(spec), Options.of(spec.options()));
        }
    }

    @OpenApiName("Schedules")
    record ScheduleList(
            List<ScheduleView> schedules,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("17")
            @Nullable
            String nextCursor) {

        static ScheduleList of(Page<JobSchedule, Long> page) {
            return new ScheduleList(
                    page.items().stream().map(ScheduleView::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }
}
