package dev.stowage.http.account;

import dev.stowage.core.access.ApiKey;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.QueryParameters;
import dev.stowage.http.exchange.RequestBody;
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
import java.time.InstantSource;

/** Management of API keys. Secrets are in responses that must not be cached, and nowhere else. */
public final class KeyRoutes implements RouteGroup {

    private static final String KEY = Routes.KEYS + "/{id}";
    private static final String ROTATE = KEY + "/rotate";

    private static final int DEFAULT_LIMIT = 100;

    private final ApiKeyManagement keys;
    private final InstantSource clock;
    private final Json json;

    public KeyRoutes(ApiKeyManagement keys, InstantSource clock, Json json) {
        this.keys = keys;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(Routes.KEYS, this::create)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.INVALID_KEY_EXPIRY,
                                RouteError.S3_KEYS_NOT_SUPPORTED,
                                RouteError.STORAGE_FULL),
                Route.get(Routes.KEYS, this::list).withErrors(RouteError.INVALID_REQUEST),
                Route.get(KEY, this::get).withErrors(RouteError.API_KEY_NOT_FOUND),
                Route.delete(KEY, this::revoke).withErrors(RouteError.API_KEY_NOT_FOUND, RouteError.STORAGE_FULL),
                Route.post(ROTATE, this::rotate)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.API_KEY_NOT_FOUND,
                                RouteError.API_KEY_CONFLICT,
                                RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = Routes.KEYS,
            methods = HttpMethod.POST,
            summary = "Create an API key",
            description =
                    "The key is valid at once. Its rights must be part of your own. A repeated request creates another key.",
            operationId = "createKey",
            tags = ApiDoc.ACCOUNTS,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = KeyRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description = "Created; Location is the URL of the key's record",
                        content = @OpenApiContent(from = KeyView.Created.class))
            })
    void create(Context ctx) throws IOException {
        KeyRequest request = json.read(ctx, KeyRequest.class);
        ApiKeyManagement.NewKey made = keys.create(
                Caller.of(ctx), request.requiredName(), request.rights(), request.lifetime(), request.withS3());
        ctx.res()
                .setHeader(
                        "Location",
                        PublicAddress.path(ctx, Routes.KEYS + "/" + made.key().id()));
        json.write(uncached(ctx), 201, KeyView.Created.of(made));
    }

    @OpenApi(
            path = Routes.KEYS,
            methods = HttpMethod.GET,
            summary = "List API keys, oldest first",
            description =
                    "Those whose rights are part of your own, including expired and revoked ones; without secrets.",
            operationId = "listKeys",
            tags = ApiDoc.ACCOUNTS,
            queryParams = {
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of keys in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(
                        name = "cursor",
                        description = "next_cursor of the previous page",
                        example = ApiDoc.API_KEY_ID_EXAMPLE)
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = KeyView.KeyList.class))})
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        json.write(
                ctx,
                200,
                KeyView.KeyList.of(
                        keys.list(Caller.of(ctx), query.number("limit").orElse(DEFAULT_LIMIT), query.text("cursor")),
                        clock.instant()));
    }

    @OpenApi(
            path = KEY,
            methods = HttpMethod.GET,
            summary = "Get an API key",
            description = "Without its secret.",
            operationId = "getKey",
            tags = ApiDoc.ACCOUNTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = KeyView.class))})
    void get(Context ctx) {
        json.write(ctx, 200, KeyView.of(keys.get(Caller.of(ctx), ctx.pathParam("id")), clock.instant()));
    }

    @OpenApi(
            path = KEY,
            methods = HttpMethod.DELETE,
            summary = "Revoke an API key",
            description = "Permanently and at once; its record stays in the list. A repeated request does nothing.",
            operationId = "revokeKey",
            tags = ApiDoc.ACCOUNTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204")})
    void revoke(Context ctx) {
        ApiKey unused = keys.revoke(Caller.of(ctx), ctx.pathParam("id"));
        ctx.status(204);
    }

    @OpenApi(
            path = ROTATE,
            methods = HttpMethod.POST,
            summary = "Give an API key a new secret",
            description =
                    "The key keeps its id, its rights, and its uploads and jobs. An S3 key pair gets a new secret, too. A repeated request creates another secret.",
            operationId = "rotateKey",
            tags = ApiDoc.ACCOUNTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = RotateRequest.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = KeyView.Rotated.class))})
    void rotate(Context ctx) throws IOException {
        RotateRequest request =
                RequestBody.isPresent(ctx) ? json.read(ctx, RotateRequest.class) : RotateRequest.AT_ONCE;
        json.write(
                uncached(ctx),
                200,
                KeyView.Rotated.of(keys.rotate(Caller.of(ctx), ctx.pathParam("id"), request.duration())));
    }

    private static Context uncached(Context ctx) {
        return ctx.header("Cache-Control", "no-store");
    }
}
