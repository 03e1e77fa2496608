package dev.stowage.http.jobs;

import dev.stowage.core.batch.Jobs;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobFilter;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.port.Page;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Listing, showing, controlling and deleting jobs. */
public final class JobRoutes implements RouteGroup {

    private static final String JOB = Routes.JOBS + "/{id}";
    private static final String CANCEL = JOB + "/cancel";
    private static final String PAUSE = JOB + "/pause";
    private static final String RESUME = JOB + "/resume";
    private static final String RETRY = JOB + "/retry";

    private static final int DEFAULT_LIMIT = 100;

    private final Jobs jobs;
    private final Json json;

    public JobRoutes(Jobs jobs, Json json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(Routes.JOBS, this::list).withErrors(RouteError.INVALID_REQUEST),
                Route.get(JOB, this::get).withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND),
                Route.delete(JOB, this::delete)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.JOB_CONFLICT),
                control(CANCEL, this::cancel),
                control(PAUSE, this::pause),
                control(RESUME, this::resume),
                Route.post(RETRY, this::retry)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.JOB_NOT_FOUND,
                                RouteError.JOB_CONFLICT,
                                RouteError.TOO_MANY_JOBS));
    }

    private static Route control(String path, Handler handler) {
        return Route.post(path, handler)
                .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.JOB_CONFLICT);
    }

    @OpenApi(
            path = Routes.JOBS,
            methods = HttpMethod.GET,
            summary = "List jobs, newest first",
            operationId = "listJobs",
            tags = ApiDoc.JOBS,
            queryParams = {
                @OpenApiParam(name = "state", description = "Only jobs in this state", example = "running"),
                @OpenApiParam(name = "operation", description = "Only jobs with this operation", example = "copy"),
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of jobs in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "17")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = JobList.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        JobFilter filter =
                new JobFilter(Optional.empty(), query.text("state").map(JobRoutes::state), query.text("operation"));
        Page<JobStatus, Long> page =
                jobs.list(Caller.of(ctx), filter, query.number("limit").orElse(DEFAULT_LIMIT), query.text("cursor"));
        json.write(ctx, 200, JobList.of(page));
    }

    @OpenApi(
            path = JOB,
            methods = HttpMethod.GET,
            summary = "Get a job",
            operationId = "getJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = JobView.class))})
    void get(Context ctx) {
        json.write(ctx, 200, JobView.of(jobs.get(Caller.of(ctx), new JobId(ctx.pathParam("id")))));
    }

    @OpenApi(
            path = JOB,
            methods = HttpMethod.DELETE,
            summary = "Delete a finished job",
            description = "Its items and its report are deleted, too; files are not changed.",
            operationId = "deleteJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204")})
    void delete(Context ctx) {
        jobs.delete(Caller.of(ctx), new JobId(ctx.pathParam("id")));
        ctx.status(204);
    }

    private static JobState state(String name) {
        return JobState.named(name)
                .orElseThrow(
                        () -> InvalidInput.ofField(
                                "state",
                                "No such state; the states of jobs are queued, running, paused, succeeded, partially_failed, failed and cancelled"));
    }

    @OpenApi(
            path = CANCEL,
            methods = HttpMethod.POST,
            summary = "Cancel a job",
            description = "Items that are running may still get a result, within two seconds; the others stay pending.",
            operationId = "cancelJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = JobView.class))})
    void cancel(Context ctx) {
        answer(ctx, jobs.cancel(Caller.of(ctx), new JobId(ctx.pathParam("id"))));
    }

    @OpenApi(
            path = PAUSE,
            methods = HttpMethod.POST,
            summary = "Pause a job",
            description = "Items that are running finish within two seconds.",
            operationId = "pauseJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = JobView.class))})
    void pause(Context ctx) {
        answer(ctx, jobs.pause(Caller.of(ctx), new JobId(ctx.pathParam("id"))));
    }

    @OpenApi(
            path = RESUME,
            methods = HttpMethod.POST,
            summary = "Resume a paused job",
            operationId = "resumeJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = JobView.class))})
    void resume(Context ctx) {
        answer(ctx, jobs.resume(Caller.of(ctx), new JobId(ctx.pathParam("id"))));
    }

    @OpenApi(
            path = RETRY,
            methods = HttpMethod.POST,
            summary = "Retry failed items",
            description = "For a job that ended as failed or partially_failed; items without a result are run, too.",
            operationId = "retryJob",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = JobView.class)),
                @OpenApiResponse(
                        status = "429",
                        description = "Too many requests, unfinished jobs, or files of unfinished jobs")
            })
    void retry(Context ctx) {
        answer(ctx, jobs.retry(Caller.of(ctx), new JobId(ctx.pathParam("id"))));
    }

    private void answer(Context ctx, JobStatus status) {
        json.write(ctx, 200, JobView.of(status));
    }

    @OpenApiName("Jobs")
    record JobList(
            List<JobView> jobs,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("17")
            @Nullable
            String nextCursor) {

        static JobList of(Page<JobStatus, Long> page) {
            return new JobList(
                    page.items().stream().map(JobView::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }
}
