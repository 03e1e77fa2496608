package dev.stowage.http.account;

import dev.stowage.core.port.Page;
import dev.stowage.core.quota.UsageReport;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What projects store, and their quotas. */
public final class UsageRoute implements RouteGroup {

    private static final String PATH = Routes.API + "usage";

    private static final int DEFAULT_LIMIT = 100;

    private final UsageReport usage;
    private final Json json;

    public UsageRoute(UsageReport usage, Json json) {
        this.usage = usage;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::list).withErrors(RouteError.INVALID_REQUEST));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "Get the usage and quotas of projects, by name",
            description =
                    "Of the projects all of whose files you may read. Usage is only counted with quotas; without them there are no"
                            + " projects in the response.",
            operationId = "usage",
            tags = ApiDoc.ACCOUNTS,
            queryParams = {
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of projects in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "demo")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = Usage.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        Page<UsageReport.Entry, String> page =
                usage.list(Caller.of(ctx), query.number("limit").orElse(DEFAULT_LIMIT), query.text("cursor"));
        json.write(ctx, 200, Usage.of(page, usage.isComplete()));
    }

    /** The JSON of a page of projects. */
    @OpenApiName("Usage")
    record Usage(
            List<Project> projects,

            @OpenApiDescription("False without quotas, and until files that existed before the quotas are counted")
            @OpenApiExample("true")
            boolean complete,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample("demo")
            @Nullable
            String nextCursor) {

        static Usage of(Page<UsageReport.Entry, String> page, boolean complete) {
            return new Usage(
                    page.items().stream().map(Project::of).toList(),
                    complete,
                    page.next().orElse(null));
        }
    }

    /** The JSON of a project's usage. */
    @OpenApiName("ProjectUsage")
    record Project(
            @OpenApiExample("demo") String project,

            @OpenApiDescription("The total size of its files") @OpenApiExample("734003200")
            long bytes,

            @OpenApiExample("1024") long files,

            @OpenApiNullable
            @OpenApiDescription("The most bytes that its files may have; null for no limit")
            @OpenApiExample("1073741824")
            @Nullable
            Long quota) {

        static Project of(UsageReport.Entry entry) {
            OptionalLong limit = entry.limit();
            return new Project(
                    entry.totals().project(),
                    entry.totals().bytes(),
                    entry.totals().files(),
                    limit.isPresent() ? limit.getAsLong() : null);
        }
    }
}
