package dev.stowage.http;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.limit.UploadSlots;
import dev.stowage.http.route.Routes;
import dev.stowage.testkit.InMemoryStorage;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.router.Endpoint;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsExceptionHandler;
import io.javalin.websocket.WsHandlerType;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Records the routes that the service registers, as {@code get /path/{key}}. */
final class RecordedRoutes implements JavalinDefaultRoutingApi {

    private final Set<String> operations = new TreeSet<>();

    /** All routes of the service. */
    static Set<String> operations() {
        RecordedRoutes recorded = new RecordedRoutes();
        recorded.record();
        return recorded.operations;
    }

    /** The routes of the service with their declarations. */
    static Routes declared() {
        return new RecordedRoutes().record();
    }

    private Routes record() {
        InMemoryStorage storage = new InMemoryStorage();
        HttpConfig config = RunningService.config(Duration.ZERO);
        JsonCodec json = new JsonCodec();
        KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
        try (Operations operations =
                new Operations(RunningService.backing(storage), RunningService.POLICY, RunningService.CLOCK)) {
            ApiRoutes api = new ApiRoutes(
                    config,
                    RunningService.backing(storage),
                    RunningService.guard(),
                    layout,
                    RunningService.CLOCK,
                    operations.registry(),
                    json);
            Routes routes = new Routes(this, new UploadSlots(0), api.transfers());
            HttpModule.routes(config, operations, api, json).forEach(group -> group.register(routes));
            return routes;
        }
    }

    @Override
    public JavalinDefaultRoutingApi addEndpoint(Endpoint endpoint) {
        String path = endpoint.path.replace('<', '{').replace('>', '}');
        operations.add(endpoint.method.name().toLowerCase(Locale.ROOT) + " " + path);
        return this;
    }

    @Override
    public <E extends Exception> JavalinDefaultRoutingApi exception(
            Class<E> type, ExceptionHandler<? super E> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JavalinDefaultRoutingApi error(int status, String contentType, Handler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <E extends Exception> JavalinDefaultRoutingApi wsException(
            Class<E> type, WsExceptionHandler<? super E> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JavalinDefaultRoutingApi addWsHandler(
            WsHandlerType type, String path, Consumer<WsConfig> config, RouteRole... roles) {
        throw new UnsupportedOperationException();
    }
}
