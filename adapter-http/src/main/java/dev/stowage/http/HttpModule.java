package dev.stowage.http;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.server.WebServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP API, running. Safe for concurrent use. */
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
     * What the API is about: files, and the records of uploads and jobs.
     *
     * @param checks of what else has to work for the service to be ready
     * @param spools room on disk for files that come before the form fields that say where they go
     */
    public record Backing(
            Storage storage, UploadSessions sessions, BatchJobs jobs, List<HealthCheck> checks, SpoolSpace spools) {}

    /**
     * Who is let in, and what they may do.
     *
     * @param authenticator asks who calls
     * @param policy decides what they may do
     */
    public record Guard(RequestAuthenticator authenticator, AccessPolicy policy) {}

    /**
     * Starts serving.
     *
     * @param backing stays the caller's, who closes it after this
     * @param guard who is let in, and what they may do
     * @throws IllegalStateException when it can't listen where {@code config} says; the message says why
     */
    public static HttpModule start(
            HttpConfig config, Backing backing, Guard guard, KeyLayout layout, InstantSource clock) {
        JsonCodec json = new JsonCodec();
        Operations operations = new Operations(backing, guard.policy(), clock);
        ApiRoutes api = new ApiRoutes(config, backing, guard.policy(), layout, clock, operations.registry(), json);
        List<RouteGroup> groups = routes(config, operations, api, json);
        try {
            return new HttpModule(
                    WebServer.start(
                            config.listener(),
                            config.limits(),
                            api.transfers(),
                            config.shutdownTimeout(),
                            json,
                            operations.registry(),
                            guard.authenticator(),
                            groups),
                    operations,
                    api);
        } catch (IllegalStateException e) {
            operations.close();
            throw e;
        }
    }

    /** The meters that {@code /metrics} shows; other modules add theirs. */
    public MeterRegistry meters() {
        return operations.registry();
    }

    /** All routes, in the order in which they are tried. */
    static List<RouteGroup> routes(HttpConfig config, Operations operations, ApiRoutes api, JsonCodec json) {
        return Stream.of(operations.groups(config.version(), new Json(json)), api.groups())
                .flatMap(List::stream)
                .toList();
    }

    /** The port it listens at. */
    public int port() {
        return server.port();
    }

    /** Stops accepting, lets requests that run finish within the shutdown time-out, then cuts them. Again: does nothing. */
    @Override
    public void close() {
        api.close();
        server.close();
        operations.close();
    }
}
