package dev.stowage.http.jobs;

import dev.stowage.core.batch.Jobs;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobId;
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
import io.javalin.http.HandlerType;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results of a job's items: in pages, or all of them as a report. */
public final class JobItemsRoutes implements RouteGroup {

    private static final String ITEMS = Routes.JOBS + "/{id}/items";
    private static final String REPORT = Routes.JOBS + "/{id}/report";

    private static final int DEFAULT_LIMIT = 100;

    private final Jobs jobs;
    private final Json json;

    public JobItemsRoutes(Jobs jobs, Json json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(ITEMS, this::items).withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND),
                Route.get(REPORT, this::report).withErrors(RouteError.INVALID_REQUEST, RouteError.JOB_NOT_FOUND));
    }

    @OpenApi(
            path = ITEMS,
            methods = HttpMethod.GET,
            summary = "List a job's items",
            operationId = "listJobItems",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams = {
                @OpenApiParam(
                        name = "state",
                        description = "Only items in this state: pending, succeeded, failed or skipped",
                        example = "failed"),
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of items in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "100")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Items.class))})
    void items(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        Page<ItemRecord, Long> page = jobs.items(
                Caller.of(ctx),
                new JobId(ctx.pathParam("id")),
                query.text("state").map(JobItemsRoutes::state),
                query.number("limit").orElse(DEFAULT_LIMIT),
                query.text("cursor"));
        json.write(ctx, 200, Items.of(page));
    }

    @OpenApi(
            path = REPORT,
            methods = HttpMethod.GET,
            summary = "Download a report with a line for each item",
            description = "Shows each item as it is when its line is written; may be of any size.",
            operationId = "getJobReport",
            tags = ApiDoc.JOBS,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams =
                    @OpenApiParam(name = "format", description = "ndjson (the default) or csv", example = "ndjson"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "Lines with key, state, attempts, error and message",
                        content = {
                            @OpenApiContent(
                                    from = String.class,
                                    mimeType = "application/x-ndjson",
                                    example = JobDoc.NDJSON),
                            @OpenApiContent(from = String.class, mimeType = "text/csv", example = JobDoc.CSV)
                        })
            })
    void report(Context ctx) throws IOException {
        JobId id = new JobId(ctx.pathParam("id"));
        ReportFormat format =
                ReportFormat.named(QueryParameters.of(ctx).text("format").orElse("ndjson"));
        Report report = new Report(jobs, Caller.of(ctx), id, format, json);
        Page<ItemRecord, Long> first = report.page(Optional.empty());
        ctx.res().setContentType(format.contentType());
        ctx.res().setHeader("Content-Disposition", "attachment; filename=\"job-" + id + "." + format.suffix() + "\"");
        if (!ctx.method().equals(HandlerType.HEAD)) {
            report.write(first, ctx.res().getOutputStream());
        }
    }

    private static ItemState state(String name) {
        return ItemState.named(name)
                .orElseThrow(
                        () -> InvalidInput.ofField("state", "state must be pending, succeeded, failed or skipped"));
    }

    @OpenApiName("JobItems")
    record Items(
            List<Item> items,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("100")
            @Nullable
            String nextCursor) {

        static Items of(Page<ItemRecord, Long> page) {
            return new Items(
                    page.items().stream().map(Item::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }

    @OpenApiName("JobItem")
    record Item(
            @OpenApiDescription("The file's key; if a line of the manifest has no valid key, that line")
            @OpenApiExample("raw/demo/a.txt")
            String key,

            @OpenApiDescription("pending, succeeded, failed or skipped") @OpenApiExample("failed")
            String state,

            @OpenApiDescription("The number of attempts") @OpenApiExample("1")
            int attempts,

            @OpenApiNullable
            @OpenApiDescription("The machine-readable code of the latest failure")
            @OpenApiExample("FileNotFound")
            @Nullable
            String error,

            @OpenApiNullable
            @OpenApiDescription("For people; null if there is nothing to add")
            @OpenApiExample("No file at raw/demo/a.txt")
            @Nullable
            String message) {

        static Item of(ItemRecord item) {
            return new Item(
                    item.key(),
                    item.state().id(),
                    item.attempts(),
                    item.error().orElse(null),
                    item.message().orElse(null));
        }
    }
}
