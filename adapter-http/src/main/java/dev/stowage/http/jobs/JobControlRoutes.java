package dev.stowage.http.jobs;

import dev.stowage.core.batch.Jobs;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobStatus;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;

/** Cancelling, pausing, resuming and retrying jobs. */
public final class JobControlRoutes implements RouteGroup {

    private static final String CANCEL = Routes.JOBS + "/{id}/cancel";
    private static final String PAUSE = Routes.JOBS + "/{id}/pause";
    private static final String RESUME = Routes.JOBS + "/{id}/resume";
    private static final String RETRY = Routes.JOBS + "/{id}/retry";

    private final Jobs jobs;
    private final Json json;

    public JobControlRoutes(Jobs jobs, Json json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(CANCEL, this::cancel)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.JOB_CONFLICT),
                Route.post(PAUSE, this::pause)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.JOB_CONFLICT),
                Route.post(RESUME, this::resume)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND, RouteError.JOB_CONFLICT),
                Route.post(RETRY, this::retry)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.JOB_NOT_FOUND,
                                RouteError.JOB_CONFLICT,
                                RouteError.TOO_MANY_JOBS));
    }

    @OpenApi(
            path = CANCEL,
            methods = HttpMethod.POST,
            summary = "Cancel a job",
            description = "Items that are running may still get a result, within two seconds; the others stay pending.",
            operationId = "cancelJob",
            tags = ApiDoc.JOBS,
            pathParams =
                    @OpenApiParam(
                            name = "id",
                            required = true,
                            description = "The job's id, as returned when it was submitted",
                            example = JobDoc.ID),
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
            pathParams =
                    @OpenApiParam(
                            name = "id",
                            required = true,
                            description = "The job's id, as returned when it was submitted",
                            example = JobDoc.ID),
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
            pathParams =
                    @OpenApiParam(
                            name = "id",
                            required = true,
                            description = "The job's id, as returned when it was submitted",
                            example = JobDoc.ID),
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
            pathParams =
                    @OpenApiParam(
                            name = "id",
                            required = true,
                            description = "The job's id, as returned when it was submitted",
                            example = JobDoc.ID),
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
}
