package dev.stowage.http.ops;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.http.access.Caller;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.ErrorBody;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import dev.stowage.http.trace.RequestId;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Health, readiness and metrics, at the paths that orchestrators and Prometheus use. */
public final class OpsRoutes implements RouteGroup {

    private static final String HEALTH = "/healthz";
    private static final String READY = "/readyz";
    private static final String METRICS = "/metrics";

    /** The paths that probes and scrapers request all the time. */
    static final Set<String> PROBED = Set.of(HEALTH, READY, METRICS);

    /** The text format of Prometheus. */
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final Readiness readiness;
    private final PrometheusMeterRegistry registry;
    private final AccessPolicy access;
    private final Json json;

    public OpsRoutes(Readiness readiness, PrometheusMeterRegistry registry, AccessPolicy access, Json json) {
        this.access = access;
        this.readiness = readiness;
        this.registry = registry;
        this.json = json;
    }

    @Override
    public void register(Routes routes) {
        routes.add(
                Route.get(HEALTH, this::health).withAccess(RouteAccess.PUBLIC),
                Route.get(READY, this::ready).withAccess(RouteAccess.PUBLIC).withErrors(RouteError.STORAGE_UNAVAILABLE),
                Route.get(METRICS, this::metrics));
    }

    @OpenApi(
            path = HEALTH,
            methods = HttpMethod.GET,
            summary = "Check whether the process is up",
            description = "Does not depend on the store or the database.",
            operationId = "health",
            tags = ApiDoc.OPERATIONS,
            responses =
                    @OpenApiResponse(
                            status = "200",
                            description = "The process is up",
                            content = @OpenApiContent(from = Status.class, example = "{\"status\":\"ok\"}")))
    void health(Context ctx) {
        json.write(uncached(ctx), 200, Status.OK);
    }

    @OpenApi(
            path = READY,
            methods = HttpMethod.GET,
            summary = "Check whether the service is ready",
            description =
                    "Checks the store, the database and the audit log, at most every two seconds, and waits up to five"
                            + " seconds for them.",
            operationId = "ready",
            tags = ApiDoc.OPERATIONS,
            responses = {
                @OpenApiResponse(
                        status = "200",
                        description = "The service is ready",
                        content = @OpenApiContent(from = Status.class, example = "{\"status\":\"ok\"}")),
                @OpenApiResponse(
                        status = "503",
                        description = "The service is not ready; detail says why",
                        content =
                                @OpenApiContent(
                                        from = ErrorBody.class,
                                        example = "{\"error\":\"StorageUnavailable\",\"message\":\"Not ready: "
                                                + "The store does not respond\",\"detail\":{\"storage\":\"The store does not respond\"},"
                                                + "\"request_id\":\"0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11\"}"))
            })
    void ready(Context ctx) throws InterruptedException {
        Map<String, String> problems = readiness.problems();
        if (!problems.isEmpty()) {
            notReady(ctx, problems);
        } else {
            json.write(uncached(ctx), 200, Status.OK);
        }
    }

    @OpenApi(
            path = METRICS,
            methods = HttpMethod.GET,
            summary = "Get the metrics of the process",
            description = "In the text format of Prometheus.",
            operationId = "metrics",
            tags = ApiDoc.OPERATIONS,
            responses =
                    @OpenApiResponse(
                            status = "200",
                            description = "All metrics",
                            content =
                                    @OpenApiContent(
                                            mimeType = "text/plain",
                                            type = "string",
                                            example = "http_server_requests_active 1.0\n")))
    void metrics(Context ctx) throws IOException {
        access.check(Caller.of(ctx), Action.METRICS);
        uncached(ctx).contentType(TEXT_FORMAT).result(registry.scrape(TEXT_FORMAT));
    }

    /** Writes the response rather than throwing, because probes come every few seconds and each exception would be logged as an error. */
    private void notReady(Context ctx, Map<String, String> problems) {
        String reasons = String.join("; ", problems.values());
        Problem problem =
                new Problem(503, "StorageUnavailable", "Not ready: " + reasons, Map.copyOf(problems), Map.of());
        json.write(uncached(ctx).header("Retry-After", "5"), problem.status(), problem.body(RequestId.of(ctx.req())));
    }

    private static Context uncached(Context ctx) {
        return ctx.header("Cache-Control", "no-store");
    }
}
