package dev.stowage.http;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.json.JsonCodec;
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

    private HttpModule(WebServer server, Operations operations) {
        this.server = server;
        this.operations = operations;
    }

    /**
     * Starts serving.
     *
     * @param storage stays the caller's, who closes it after this
     * @param sessions likewise
     * @throws IllegalStateException when it can't listen where {@code config} says; the message says why
     */
    public static HttpModule start(
            HttpConfig config, Storage storage, UploadSessions sessions, KeyLayout layout, InstantSource clock) {
        JsonCodec json = new JsonCodec();
        Operations operations = new Operations(storage, sessions, clock);
        ApiRoutes api = new ApiRoutes(config, storage, sessions, layout, clock, json);
        List<RouteGroup> groups = routes(config, operations, api, json);
        try {
            return new HttpModule(
                    WebServer.start(
                            config.host(),
                            config.port(),
                            config.shutdownTimeout(),
                            json,
                            operations.registry(),
                            groups),
                    operations);
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
        server.close();
        operations.close();
    }
}
