package dev.stowage.http;

import dev.stowage.core.Services;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.http.ops.Instrumentation;
import dev.stowage.http.protocol.SideProtocol;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.server.WebServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The running HTTP API. Safe for concurrent use. */
public final class HttpModule implements AutoCloseable {

    private final WebServer server;
    private final Operations operations;
    private final ApiRoutes api;

    private HttpModule(WebServer server, Operations operations, ApiRoutes api) {
        this.server = server;
        this.api = api;
        this.operations = operations;
    }

    /**
     * What is behind the API.
     *
     * @param ports of the services; their spools are also for files that arrive before the form fields with their keys
     * @param checks of the other parts that must work for the service to be ready
     * @param telemetry receives traces; empty for none
     */
    public record Backing(Services.Ports ports, List<HealthCheck> checks, Optional<OpenTelemetry> telemetry) {}

    /**
     * Authentication and authorization.
     *
     * @param authenticator authenticates requests
     * @param policy decides what principals may do
     */
    public record Guard(RequestAuthenticator authenticator, AccessPolicy policy) {}

    /** Starts the server for the HTTP API alone. */
    public static HttpModule start(
            HttpConfig config, Backing backing, Guard guard, KeyLayout layout, InstantSource clock) {
        return start(config, backing, guard, layout, clock, Optional.empty());
    }

    /**
     * Starts the server.
     *
     * @param backing owned by the caller, who closes it after this module
     * @param guard authentication and authorization
     * @param side another protocol on a port of its own
     * @throws IllegalStateException when it can't listen on the configured address; the message says why
     */
    public static HttpModule start(
            HttpConfig config,
            Backing backing,
            Guard guard,
            KeyLayout layout,
            InstantSource clock,
            Optional<SideProtocol> side) {
        JsonCodec json = new JsonCodec();
        Operations operations = new Operations(backing, guard.policy(), clock);
        ApiRoutes api = new ApiRoutes(config, backing, guard, layout, clock, operations.registry(), json);
        List<RouteGroup> groups = routes(config, operations, api, json);
        try {
            return new HttpModule(
                    WebServer.start(
                            config.server(),
                            api.transfers(),
                            guard.authenticator(),
                            json,
                            new Instrumentation(operations.registry(), backing.telemetry()),
                            groups,
                            side.map(protocol -> control -> protocol.over(api.services(), control))),
                    operations,
                    api);
        } catch (IllegalStateException e) {
            operations.close();
            throw e;
        }
    }

    /** The registry behind {@code /metrics}, to which other modules add their meters. */
    public MeterRegistry meters() {
        return operations.registry();
    }

    /** All routes, in matching order. */
    static List<RouteGroup> routes(HttpConfig config, Operations operations, ApiRoutes api, JsonCodec json) {
        return Stream.of(operations.groups(config.version(), new Json(json)), api.groups())
                .flatMap(List::stream)
                .toList();
    }

    /** The port that the server listens on. */
    public int port() {
        return server.port();
    }

    /** The port of the other protocol; 0 when there is none. */
    public int sidePort() {
        return server.sidePort();
    }

    /** Stops accepting connections, lets running requests finish within the shutdown timeout, then cuts them off. Idempotent. */
    @Override
    public void close() {
        api.close();
        server.close();
        operations.close();
    }
}
