package dev.stowage.http.jobs;

import dev.stowage.core.batch.Jobs;
import dev.stowage.core.job.JobStatus;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.Optional;

/** Submission of jobs. */
public final class SubmitJobRoute implements RouteGroup {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Jobs jobs;
    private final Json json;

    public SubmitJobRoute(Jobs jobs, Json json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.post(Routes.JOBS, this::submit)
                .withBody(RouteBody.JSON)
                .withErrors(
                        RouteError.INVALID_REQUEST,
                        RouteError.IDEMPOTENCY_KEY_REUSED,
                        RouteError.TOO_MANY_JOBS,
                        RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = Routes.JOBS,
            methods = HttpMethod.POST,
            summary = "Submit a batch job",
            description =
                    "The job runs in the background, and resumes by itself after a crash. The same Idempotency-Key with the same body"
                            + " returns the same job.",
            operationId = "submitJob",
            tags = ApiDoc.JOBS,
            headers =
                    @OpenApiParam(
                            name = IDEMPOTENCY_KEY,
                            description = "1 to 255 visible ASCII characters, unique to this job",
                            example = "nightly-2025-11-30"),
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = JobRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "202",
                        description = "Accepted; Location is the URL of the job",
                        content = @OpenApiContent(from = JobView.class)),
                @OpenApiResponse(
                        status = "429",
                        description =
                                "Too many requests, unfinished jobs, files of unfinished jobs, or Idempotency-Keys")
            })
    void submit(Context ctx) throws IOException {
        JobRequest request = json.read(ctx, JobRequest.class);
        JobStatus submitted = jobs.submit(
                Caller.of(ctx), request.spec(), Optional.ofNullable(ctx.req().getHeader(IDEMPOTENCY_KEY)));
        ctx.res()
                .setHeader(
                        "Location",
                        PublicAddress.path(
                                ctx, Routes.JOBS + "/" + submitted.job().id()));
        json.write(ctx, 202, JobView.of(submitted));
    }
}
