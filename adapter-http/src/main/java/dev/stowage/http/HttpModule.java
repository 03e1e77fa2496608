package dev.stowage.http;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Storage;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.server.WebServer;
import java.time.InstantSource;

/** The HTTP API, running. Safe for concurrent use. */
public final class HttpModule implements AutoCloseable {

    private final WebServer server;

    private HttpModule(WebServer server) {
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param storage stays the caller's, who closes it after this
     * @throws IllegalStateException when it can't listen where {@code config} says; the message says why
     */
    public static HttpModule start(HttpConfig config, Storage storage, KeyLayout layout, InstantSource clock) {
        JsonCodec json = new JsonCodec();
        ApiRoutes routes = new ApiRoutes(config, storage, layout, clock, json);
        return new HttpModule(
                WebServer.start(config.host(), config.port(), config.shutdownTimeout(), json, routes.groups()));
    }

    /** The port it listens at. */
    public int port() {
        return server.port();
    }

    /** Stops accepting, lets requests that run finish within the shutdown time-out, then cuts them. Again: does nothing. */
    @Override
    public void close() {
        server.close();
    }
}
