package dev.stowage.http.webhooks;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.webhook.Webhooks;
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

/** Webhooks and their deliveries. */
public final class WebhookRoutes implements RouteGroup {

    private static final String WEBHOOK = Routes.WEBHOOKS + "/{id}";
    private static final String ROTATE = WEBHOOK + "/rotate";
    private static final String TEST = WEBHOOK + "/test";
    private static final String DELIVERIES = WEBHOOK + "/deliveries";
    private static final String REDELIVER = DELIVERIES + "/{number}/redeliver";
    private static final int DEFAULT_LIMIT = 100;

    private final Webhooks webhooks;
    private final Json json;

    public WebhookRoutes(Webhooks webhooks, Json json) {
        this.webhooks = webhooks;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.post(Routes.WEBHOOKS, this::create)
                        .withBody(RouteBody.JSON)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.TOO_MANY_WEBHOOKS, RouteError.STORAGE_FULL),
                Route.get(Routes.WEBHOOKS, this::list).withErrors(RouteError.INVALID_REQUEST),
                Route.get(WEBHOOK, this::get).withErrors(RouteError.WEBHOOK_NOT_FOUND),
                Route.patch(WEBHOOK, this::change)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.WEBHOOK_NOT_FOUND,
                                RouteError.WEBHOOK_CONFLICT,
                                RouteError.STORAGE_FULL),
                Route.delete(WEBHOOK, this::delete).withErrors(RouteError.WEBHOOK_NOT_FOUND, RouteError.STORAGE_FULL),
                Route.post(ROTATE, this::rotate)
                        .withBody(RouteBody.JSON)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.WEBHOOK_NOT_FOUND,
                                RouteError.WEBHOOK_CONFLICT,
                                RouteError.STORAGE_FULL),
                Route.post(TEST, this::test).withErrors(RouteError.WEBHOOK_NOT_FOUND),
                Route.get(DELIVERIES, this::deliveries)
                        .withErrors(RouteError.INVALID_REQUEST, RouteError.WEBHOOK_NOT_FOUND),
                Route.post(REDELIVER, this::redeliver)
                        .withErrors(RouteError.WEBHOOK_NOT_FOUND, RouteError.STORAGE_FULL));
    }

    @OpenApi(
            path = Routes.WEBHOOKS,
            methods = HttpMethod.POST,
            summary = "Create a webhook",
            description =
                    "From now on, events are sent to the URL: those of files that you may read, and of your uploads and jobs."
                            + " Deliveries are signed as Standard Webhooks specifies; any response of 2xx accepts one. A repeated request creates"
                            + " another webhook. The access action webhooks is needed.",
            operationId = "createWebhook",
            tags = ApiDoc.EVENTS,
            requestBody = @OpenApiRequestBody(required = true, content = @OpenApiContent(from = WebhookRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "201",
                        description =
                                "Created; Location is the URL of the webhook. Store the secret, it is not shown again",
                        content = @OpenApiContent(from = WebhookView.class)),
                @OpenApiResponse(status = "429", description = "Too many requests or webhooks")
            })
    void create(Context ctx) throws IOException {
        WebhookRequest request = json.read(ctx, WebhookRequest.class);
        Webhook created = webhooks.create(Caller.of(ctx), request.requiredUrl(), request.types(), request.keyPrefix());
        ctx.res().setHeader("Location", PublicAddress.path(ctx, Routes.WEBHOOKS + "/" + created.id()));
        ctx.res().setHeader("Cache-Control", "no-store");
        json.write(ctx, 201, WebhookView.withSecret(created));
    }

    @OpenApi(
            path = Routes.WEBHOOKS,
            methods = HttpMethod.GET,
            summary = "List webhooks, oldest first",
            operationId = "listWebhooks",
            tags = ApiDoc.EVENTS,
            queryParams = {
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of webhooks in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "17")
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = WebhookView.WebhookList.class))
            })
    void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        json.write(
                ctx,
                200,
                WebhookView.WebhookList.of(webhooks.list(
                        Caller.of(ctx), query.number("limit").orElse(DEFAULT_LIMIT), query.text("cursor"))));
    }

    @OpenApi(
            path = WEBHOOK,
            methods = HttpMethod.GET,
            summary = "Get a webhook",
            operationId = "getWebhook",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = WebhookView.class))})
    void get(Context ctx) {
        json.write(ctx, 200, WebhookView.of(webhooks.get(Caller.of(ctx), ctx.pathParam("id"))));
    }

    @OpenApi(
            path = WEBHOOK,
            methods = HttpMethod.PATCH,
            summary = "Change, enable or disable a webhook",
            description =
                    "Fields that are missing or null stay as they are. A webhook that is enabled gets the events from now on, and those"
                            + " that were pending when it was disabled. A repeated request does nothing.",
            operationId = "changeWebhook",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = WebhookRequest.Patch.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = WebhookView.class))})
    void change(Context ctx) throws IOException {
        WebhookRequest.Patch patch = json.read(ctx, WebhookRequest.Patch.class);
        json.write(ctx, 200, WebhookView.of(webhooks.change(Caller.of(ctx), ctx.pathParam("id"), patch.change())));
    }

    @OpenApi(
            path = WEBHOOK,
            methods = HttpMethod.DELETE,
            summary = "Delete a webhook",
            description = "Events that have not been delivered are not delivered any more.",
            operationId = "deleteWebhook",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "204")})
    void delete(Context ctx) {
        webhooks.delete(Caller.of(ctx), ctx.pathParam("id"));
        ctx.status(204);
    }

    @OpenApi(
            path = ROTATE,
            methods = HttpMethod.POST,
            summary = "Give a webhook a new secret",
            description =
                    "During the overlap, deliveries have two signatures, with the new and with the current secret, so that the receiver"
                            + " can change over at any time. A repeated request creates another secret.",
            operationId = "rotateWebhook",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            requestBody = @OpenApiRequestBody(content = @OpenApiContent(from = WebhookRequest.Rotate.class)),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The webhook with its new secret. Store the secret, it is not shown again",
                        content = @OpenApiContent(from = WebhookView.class))
            })
    void rotate(Context ctx) throws IOException {
        WebhookRequest.Rotate request = RequestBody.isPresent(ctx)
                ? json.read(ctx, WebhookRequest.Rotate.class)
                : WebhookRequest.Rotate.AT_ONCE;
        ctx.res().setHeader("Cache-Control", "no-store");
        json.write(
                ctx,
                200,
                WebhookView.withSecret(webhooks.rotate(Caller.of(ctx), ctx.pathParam("id"), request.duration())));
    }

    @OpenApi(
            path = TEST,
            methods = HttpMethod.POST,
            summary = "Try out a webhook",
            description =
                    "Sends an event of the type webhook.test once, also if the webhook is disabled, and waits for the response.",
            operationId = "testWebhook",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = DeliveryView.Attempt.class))
            })
    void test(Context ctx) {
        json.write(ctx, 200, DeliveryView.Attempt.of(webhooks.test(Caller.of(ctx), ctx.pathParam("id"))));
    }

    @OpenApi(
            path = DELIVERIES,
            methods = HttpMethod.GET,
            summary = "List deliveries of a webhook, newest first",
            description = "Deliveries are kept as long as their events.",
            operationId = "listWebhookDeliveries",
            tags = ApiDoc.EVENTS,
            pathParams = @OpenApiParam(name = "id", required = true),
            queryParams = {
                @OpenApiParam(
                        name = "state",
                        description = "Only deliveries in this state: pending, delivered or dead",
                        example = "dead"),
                @OpenApiParam(
                        name = "limit",
                        type = Integer.class,
                        description = "Maximum number of deliveries in a page: 1 to 1000, default 100",
                        example = "100"),
                @OpenApiParam(name = "cursor", description = "next_cursor of the previous page", example = "17")
            },
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = DeliveryView.DeliveryList.class))
            })
    void deliveries(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        json.write(
                ctx,
                200,
                DeliveryView.DeliveryList.of(webhooks.deliveries(
                        Caller.of(ctx),
                        ctx.pathParam("id"),
                        query.text("state").map(WebhookRoutes::state),
                        query.number("limit").orElse(DEFAULT_LIMIT),
                        query.text("cursor"))));
    }

    @OpenApi(
            path = REDELIVER,
            methods = HttpMethod.POST,
            summary = "Deliver an event again",
            description =
                    "It is due at once and has new attempts, also if it was delivered or given up. Later events of the file may have"
                            + " been delivered before.",
            operationId = "redeliverWebhookDelivery",
            tags = ApiDoc.EVENTS,
            pathParams = {
                @OpenApiParam(name = "id", required = true),
                @OpenApiParam(
                        name = "number",
                        required = true,
                        description = "The number of the delivery",
                        example = "42")
            },
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = DeliveryView.class))})
    void redeliver(Context ctx) {
        String id = ctx.pathParam("id");
        json.write(
                ctx, 200, DeliveryView.of(webhooks.redeliver(Caller.of(ctx), id, number(id, ctx.pathParam("number")))));
    }

    private static long number(String id, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw NotFound.delivery(id, text);
        }
    }

    private static WebhookDelivery.State state(String name) {
        return WebhookDelivery.State.named(name)
                .orElseThrow(() -> InvalidInput.ofField("state", "state must be pending, delivered or dead"));
    }
}
