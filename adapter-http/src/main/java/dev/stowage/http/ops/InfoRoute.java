package dev.stowage.http.ops;

import dev.stowage.http.access.RouteAccess;
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
import io.javalin.openapi.OpenApiResponse;

/** What clients have to know about the service before they authenticate. */
public final class InfoRoute implements RouteGroup {

    private static final String PATH = Routes.API + "info";

    private final ServiceInfo info;
    private final Json json;

    public InfoRoute(ServiceInfo info, Json json) {
        this.info = info;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        // A credential is not required, but one that is not valid is refused, as on every path of the API.
        routes.add(Route.get(PATH, this::info).withAccess(RouteAccess.PUBLIC).withErrors(RouteError.UNAUTHORIZED));
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            summary = "Get the version, the limits and the features of the service",
            operationId = "info",
            tags = ApiDoc.OPERATIONS,
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = ServiceInfo.class))})
    void info(Context ctx) {
        json.write(ctx.header("Cache-Control", "no-cache"), 200, info);
    }
}
