package dev.stowage.http.link;

import dev.stowage.core.link.Links;
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
import java.net.URI;
import java.time.InstantSource;

/** Management of links. Tokens are in responses that must not be cached, and nowhere else. */
final class LinkRoutes implements RouteGroup {

    private static final String LINK = Routes.LINKS + "/{id}";
    private static final int DEFAULT_LIMIT = 100;

    private final Links links;
    private final InstantSource clock;
    private final Json json;

    LinkRoutes(Links links, InstantSource clock, Json json) {
        this.links = links;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(Routes.LINKS, this::create)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.INVALID_EXPIRY,
                                RouteError.TOO_MANY_LINKS,
                                RouteError.STORAGE_FULL,
                                RouteError.LINKS_NOT_SUPPORTED),
                Route.get(Routes.LINKS, this::list).withErrors(RouteError.INVALID_REQUEST),
                Route.get(LINK, this::get).withErrors(RouteError.LINK_NOT_FOUND),
                Route.delete(LINK, this::revoke).withErrors(RouteError.LINK_NOT_FOUND));
    }

    @OpenApi(
            path = Routes.LINKS,
            methods = HttpMethod.POST,
            summary = "Create a link",
            description =
                    "To a file or a folder, for downloads or uploads without credentials. The link acts with your rights at the time of each use. A repeated "
                            + "request creates another link.",
            operationId = "createLink",
            tags = ApiDoc.LINKS,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = LinkRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "Created; Location is the URL of the link's record",
                        content = @OpenApiContent(from = LinkView.class))
            })
    void create(Context ctx) throws IOException {
        Links.CreatedLink made =
                links.create(Caller.of(ctx), json.read(ctx, LinkRequest.class).link());
        String url = PublicAddress.complete(
                ctx, URI.create(Routes.OPEN_LINKS + made.token().value()));
        ctx.res()
                .setHeader(
                        "Location",
                        PublicAddress.path(ctx, Routes.LINKS + "/" + made.link().id()));
        json.write(ctx.header("Cache-Control", "no-store"), 201, LinkView.of(made.link(), clock.instant(), url));
    }

    @OpenApi(
            path = Routes.LINKS,
            methods = HttpMethod.GET,
            summary = "List links, newest first",
            description =
                    "Your own, including those that have ended in the last 30 days; with the action admin, also those of others to files that you may access. "
                            + "Without their URLs. A page may be short although more follow.",
            operationId = "listLinks",
            tags = ApiDoc.LINKS,
            queryParams = {
                @OpenApiParam(
                        name = "prefix",
                        description = "Only links to keys and prefixes that begin with it",
                        example = "raw/demo/"),
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of links in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(
                        name = "cursor",
                        description = "next_cursor of the previous page",
                        example = ApiDoc.LINK_ID_EXAMPLE)
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = LinkView.LinkList.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        json.write(
                ctx,
                200,
                LinkView.LinkList.of(
                        links.list(
                                Caller.of(ctx),
                                query.text("prefix").orElse(""),
                                query.number("limit").orElse(DEFAULT_LIMIT),
                                query.text("cursor")),
                        clock.instant()));
    }

    @OpenApi(
            path = LINK,
            methods = HttpMethod.GET,
            summary = "Get a link",
            description = "Without its URL.",
            operationId = "getLink",
            tags = ApiDoc.LINKS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = LinkView.class))})
    void get(Context ctx) {
        json.write(ctx, 200, LinkView.of(links.get(Caller.of(ctx), ctx.pathParam("id")), clock.instant(), null));
    }

    @OpenApi(
            path = LINK,
            methods = HttpMethod.DELETE,
            summary = "Revoke a link",
            description =
                    "Permanently and at once; downloads that have begun may end. Its record stays in the list for 30 days. A repeated request does nothing.",
            operationId = "revokeLink",
            tags = ApiDoc.LINKS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204")})
    void revoke(Context ctx) {
        links.revoke(Caller.of(ctx), ctx.pathParam("id"));
        ctx.status(204);
    }
}
