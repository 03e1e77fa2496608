package dev.stowage.http.lifecycle;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.expiry.Lifecycle;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.TagList;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.ContentEtag;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules by which files expire. */
public final class LifecycleRoutes implements RouteGroup {

    private static final String PREVIEW = Routes.LIFECYCLE + "/preview";

    private final Lifecycle lifecycle;
    private final Json json;

    public LifecycleRoutes(Lifecycle lifecycle, Json json) {
        this.lifecycle = lifecycle;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(Routes.LIFECYCLE, this::get)
                        .withConditions(RouteConditions.TAGS)
                        .withErrors(RouteError.RULES_CHANGED),
                Route.put(Routes.LIFECYCLE, this::put)
                        .withBody(RouteBody.JSON)
                        .withConditions(RouteConditions.MATCH)
                        .withErrors(
                                RouteError.INVALID_REQUEST,
                                RouteError.RULES_CONFLICT,
                                RouteError.RULES_CHANGED,
                                RouteError.STORAGE_FULL),
                Route.post(PREVIEW, this::preview).withBody(RouteBody.JSON).withErrors(RouteError.INVALID_REQUEST));
    }

    @OpenApi(
            path = Routes.LIFECYCLE,
            methods = HttpMethod.GET,
            summary = "Get the rules by which files expire",
            description =
                    "Those for prefixes under which you may delete every file. Send their ETag as If-Match when you replace them.",
            operationId = "getLifecycle",
            tags = ApiDoc.FILES,
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = LifecycleView.class))})
    void get(Context ctx) {
        List<LifecycleRule> rules = lifecycle.rules(Caller.of(ctx));
        Etag etag = etag(rules);
        ctx.header("ETag", etag.quoted());
        switch (ReadConditions.parse(RequestHeaders.of(ctx)).evaluate(etag, Instant.EPOCH)) {
            case NOT_MODIFIED -> ctx.status(304);
            case PROCEED -> json.write(ctx, 200, LifecycleView.of(rules));
            case FAILED -> throw new PreconditionFailed("The rules have another ETag; read them again");
        }
    }

    @OpenApi(
            path = Routes.LIFECYCLE,
            methods = HttpMethod.PUT,
            summary = "Replace the rules by which files expire",
            description =
                    "Replaces all rules that you can see; with If-Match, only if nobody has changed them meanwhile. For each"
                            + " you need the right to delete every file under its prefix, and with a filter also to read them; a rule takes no files while you have it no longer. Files that are there"
                            + " already are found in the background. Of several rules, the one that is due first takes a file.",
            operationId = "putLifecycle",
            tags = ApiDoc.FILES,
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = LifecycleRequest.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = LifecycleView.class))})
    void put(Context ctx) throws IOException {
        LifecycleRequest request = json.read(ctx, LifecycleRequest.class);
        Optional<TagList> ifMatch =
                WriteConditions.parse(RequestHeaders.of(ctx)).ifMatch();
        List<LifecycleRule> stored = lifecycle.replace(
                Caller.of(ctx),
                request.requiredRules(),
                current ->
                        ifMatch.map(tags -> tags.matchesStrongly(etag(current))).orElse(true));
        ctx.header("ETag", etag(stored).quoted());
        json.write(ctx, 200, LifecycleView.of(stored));
    }

    /** Only the rules that the caller sees count, so that it learns nothing of others. */
    private Etag etag(List<LifecycleRule> visible) {
        return ContentEtag.of(json.bytes(LifecycleView.of(visible)));
    }

    @OpenApi(
            path = PREVIEW,
            methods = HttpMethod.POST,
            summary = "Preview which files have expired by rules",
            description =
                    "Deletes nothing. A request compares up to 100000 files or takes about 10 seconds; then next_cursor is for the"
                            + " next one. You need the rights to delete and read every file under the prefixes.",
            operationId = "previewLifecycle",
            tags = ApiDoc.FILES,
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(from = LifecycleRequest.Preview.class)),
            responses = {@OpenApiResponse(status = "200", content = @OpenApiContent(from = LifecycleView.Preview.class))
            })
    void preview(Context ctx) throws IOException {
        LifecycleRequest.Preview request = json.read(ctx, LifecycleRequest.Preview.class);
        json.write(
                ctx,
                200,
                LifecycleView.Preview.of(
                        lifecycle.preview(Caller.of(ctx), request.given(), Optional.ofNullable(request.cursor()))));
    }
}
