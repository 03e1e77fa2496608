package dev.stowage.http.objects;

import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
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
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;

/** Listing of files by prefix. */
public final class ListRoute implements RouteGroup {

    private static final String PATH = Routes.FILES + "/list";

    private final Files files;
    private final Json json;

    public ListRoute(Files files, Json json) {
        this.files = files;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(Route.get(PATH, this::list).withErrors(RouteError.INVALID_REQUEST));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "List files",
            description =
                    "In the order of the keys' UTF-8 bytes, one page at a time. A page may be empty although more follow; only the "
                            + "token decides.",
            operationId = "listFiles",
            tags = ApiDoc.FILES,
            queryParams = {
                @OpenApiParam(
                        name = "prefix",
                        description = "Only keys that begin with this prefix",
                        example = "raw/demo/"),
                @OpenApiParam(
                        name = "delimiter",
                        description = "Groups the keys that contain it after the prefix",
                        example = "/"),
                @OpenApiParam(
                        name = "max_keys",
                        type = Integer.class,
                        description = "Maximum number of keys and common prefixes in a page: 1 to 1000, default 1000",
                        example = "100"),
                @OpenApiParam(
                        name = "continuation_token",
                        description = "next_continuation_token of the previous page",
                        example = "cmF3L2RlbW8vYS50eHQ")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = FilePage.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        ObjectPage page = files.list(
                Caller.of(ctx),
                new ListQuery(
                        new KeyPrefix(query.text("prefix").orElse("")),
                        query.text("delimiter"),
                        query.number("max_keys").orElse(ListQuery.MAX_KEYS),
                        query.text("continuation_token")));
        json.write(ctx, 200, FilePage.of(page));
    }
}
