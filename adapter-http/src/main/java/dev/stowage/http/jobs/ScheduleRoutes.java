package dev.stowage.http.jobs;

import dev.stowage.core.batch.Schedules;
import dev.stowage.core.job.JobSchedule;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.QueryParameters;
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

/** Schedules of jobs. */
public final class ScheduleRoutes implements RouteGroup {

    private static final String SCHEDULE = Routes.SCHEDULES + "/{id}";
    private static final int DEFAULT_LIMIT = 100;

    private final Schedules schedules;
    private final Json json;

    public ScheduleRoutes(Schedules schedules, Json json) {
        this.schedules = schedules;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(Routes.SCHEDULES, this::create)
                        .withBody(RouteBody.JSON)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.TOO_MANY_SCHEDULES, RouteError.STORAGE_FULL),
                Route.get(Routes.SCHEDULES, this::list).withErrors(RouteError.INVALID_REQUEST),
                Route.get(SCHEDULE, this::get).withErrors(RouteError.SCHEDULE_NOT_FOUND),
                Route.patch(SCHEDULE, this::change)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.SCHEDULE_NOT_FOUND,
                                RouteError.SCHEDULE_CONFLICT,
                                RouteError.STORAGE_FULL),
                Route.delete(SCHEDULE, this::delete)
                        .withErrors(RouteError.SCHEDULE_NOT_FOUND, RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = Routes.SCHEDULES,
            methods = HttpMethod.POST,
            summary = "Create a schedule of a job",
            description =
                    "The job is submitted at each time, with the rights that you have at that time. Of several times that have passed"
                            + " while no worker ran, the latest is run, and the others are missed. A repeated request creates"
                            + " another schedule.",
            operationId = "createSchedule",
            tags = ApiDoc.JOBS,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = ScheduleRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "Created; Location is the URL of the schedule",
                        content = @OpenApiContent(from = ScheduleView.class)),
                @OpenApiResponse(status = "429", description = "Too many requests or schedules")
            })
    void create(Context ctx) throws IOException {
        ScheduleRequest request = json.read(ctx, ScheduleRequest.class);
        JobSchedule created = schedules.create(
                Caller.of(ctx),
                request.requiredName(),
                request.requiredCron(),
                request.zone(),
                request.overlaps(),
                request.spec());
        ctx.res().setHeader("Location", PublicAddress.path(ctx, Routes.SCHEDULES + "/" + created.id()));
        json.write(ctx, 201, ScheduleView.of(created));
    }

    @OpenApi(
            path = Routes.SCHEDULES,
            methods = HttpMethod.GET,
            summary = "List schedules, oldest first",
            operationId = "listSchedules",
            tags = ApiDoc.JOBS,
            queryParams = {
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of schedules in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "17")
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = ScheduleView.ScheduleList.class))
            })
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        json.write(
                ctx,
                200,
                ScheduleView.ScheduleList.of(schedules.list(
                        Caller.of(ctx), query.number("limit").orElse(DEFAULT_LIMIT), query.text("cursor"))));
    }

    @OpenApi(
            path = SCHEDULE,
            methods = HttpMethod.GET,
            summary = "Get a schedule",
            operationId = "getSchedule",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = ScheduleView.class))})
    void get(Context ctx) {
        json.write(ctx, 200, ScheduleView.of(schedules.get(Caller.of(ctx), ctx.pathParam("id"))));
    }

    @OpenApi(
            path = SCHEDULE,
            methods = HttpMethod.PATCH,
            summary = "Enable or disable a schedule",
            description =
                    "A repeated request does nothing. Delete a schedule and create another one to change the rest.",
            operationId = "changeSchedule",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = ScheduleRequest.Patch.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = ScheduleView.class))})
    void change(Context ctx) throws IOException {
        ScheduleRequest.Patch patch = json.read(ctx, ScheduleRequest.Patch.class);
        json.write(ctx, 200, ScheduleView.of(schedules.enable(Caller.of(ctx), ctx.pathParam("id"), patch.isEnabled())));
    }

    @OpenApi(
            path = SCHEDULE,
            methods = HttpMethod.DELETE,
            summary = "Delete a schedule",
            description = "Its jobs stay, and continue.",
            operationId = "deleteSchedule",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204")})
    void delete(Context ctx) {
        schedules.delete(Caller.of(ctx), ctx.pathParam("id"));
        ctx.status(204);
    }
}
