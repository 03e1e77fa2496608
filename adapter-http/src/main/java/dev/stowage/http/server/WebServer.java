package dev.stowage.http.server;

import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.error.ErrorHandlers;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.exchange.PercentDecoder;
import dev.stowage.http.ietf.InteropVersion;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.RequestRate;
import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.limit.UploadSlots;
import dev.stowage.http.ops.Instrumentation;
import dev.stowage.http.ops.RequestMeters;
import dev.stowage.http.protocol.RequestControl;
import dev.stowage.http.protocol.SidePort;
import dev.stowage.http.revocation.LiveRequests;
import dev.stowage.http.route.RouteGroup;
import dev.stowage.http.route.Routes;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: Javalin for the routes, on a Jetty configured by {@link JettySetup}. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    private final Server server;
    private final int port;
    private final Optional<TlsWatch> tlsWatch;
    private final LiveRequests live;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebServer(Server server, int port, Optional<TlsWatch> tlsWatch, LiveRequests live) {
        this.server = server;
        this.port = port;
        this.tlsWatch = tlsWatch;
        this.live = live;
    }

    /**
     * Starts a server.
     *
     * @param transfers limits concurrent transfers, including downloads
     * @param authenticator authenticates requests before a route runs
     * @param groups in matching order of their routes
     * @param side another protocol on a port of its own
     * @throws IllegalStateException when it can't listen on the configured address; the message says why
     */
    public static WebServer start(
            ServerSettings settings,
            TransferLimiter transfers,
            RequestAuthenticator authenticator,
            JsonCodec json,
            Instrumentation instrumentation,
            List<RouteGroup> groups,
            Optional<Function<RequestControl, SidePort>> side) {
        Listener listener = settings.listener();
        Limits limits = settings.limits();
        ErrorMapper errors = new ErrorMapper();
        Optional<TlsIdentity> identity = listener.tls().map(TlsIdentity::new);
        LiveRequests live = LiveRequests.watch(authenticator);
        RequestRate rate = new RequestRate(limits, System::nanoTime);
        UploadSlots uploads = new UploadSlots(limits.maxUploads());
        RequestControl control = new RequestControl(rate, uploads, transfers, live);
        Optional<SidePort> sidePort = side.map(protocol -> protocol.apply(control));
        JettySetup jetty = new JettySetup(
                settings,
                transfers,
                authenticator,
                identity,
                sidePort,
                new ErrorPages(json, errors, listener.corsOrigins(), sidePort.map(SidePort::errors)),
                instrumentation);
        Javalin javalin = Javalin.create(config -> {
            configure(config, authenticator, live, rate);
            config.routes.after(transfers::noteEnd);
            config.routes.after(BodilessResponse::send);
            jetty.apply(config.jetty);
            ErrorHandlers handlers = new ErrorHandlers(json, errors);
            handlers.register(config.routes);
            config.router.javaLangErrorHandler(handlers::fatal);
            Routes routes = new Routes(config.routes, uploads, transfers);
            groups.forEach(group -> group.register(routes));
        });
        try {
            javalin.start();
        } catch (JavalinException e) {
            javalin.stop();
            live.close();
            throw new IllegalStateException(
                    "Can't listen on " + listener.host() + ":" + listener.port() + ": " + e.getMessage(), e);
        }
        return new WebServer(javalin.jettyServer().server(), javalin.port(), identity.map(TlsWatch::start), live);
    }

    /** The port that the server listens on, or listened on before it was closed. */
    public int port() {
        return port;
    }

    /** The port of the other protocol; 0 when there is none. */
    public int sidePort() {
        return Arrays.stream(server.getConnectors())
                .filter(connector -> SidePort.CONNECTOR.equals(connector.getName()))
                .mapToInt(connector -> ((NetworkConnector) connector).getLocalPort())
                .findFirst()
                .orElse(0);
    }

    /** Stops accepting connections, lets running requests finish within the timeout, then cuts them off. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        tlsWatch.ifPresent(TlsWatch::close);
        live.close();
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Cut off requests that were still running after SHUTDOWN_TIMEOUT");
        } catch (Exception e) {
            LOG.error("The web server did not stop cleanly", e);
        }
    }

    /**
     * Refuses resumable uploads on other routes. The draft's own routes check by themselves, because their error responses have more
     * members.
     */
    private static void refuseResumable(Context ctx) {
        if (!ctx.path().startsWith(Routes.RESUMABLE)) {
            InteropVersion.check(ctx);
        }
    }

    private static void configure(
            JavalinConfig config, RequestAuthenticator authenticator, LiveRequests live, RequestRate rate) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // The router must not trim a trailing slash, which the check of keys refuses.
        config.router.ignoreTrailingSlashes = false;
        config.http.prefer405over404 = true;
        // Ranges and lengths apply to the stored bytes.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        // The framework's default of text/plain would be sent in responses without a body.
        config.routes.before(ctx -> ctx.res().setContentType(null));
        // The router decodes path parameters leniently and fails on malformed ones, so malformed paths are refused
        // before.
        config.routes.before(ctx -> PercentDecoder.decodeKey(ctx.path()));
        config.routes.before(TransferCodings::check);
        config.routes.beforeMatched(
                ctx -> ctx.attribute(RequestMeters.ROUTE, ctx.endpoints().matchedHttpEndpoint().path));
        config.routes.beforeMatched(authenticator::pass);
        config.routes.beforeMatched(live::track);
        config.routes.beforeMatched(rate::count);
        config.routes.beforeMatched(WebServer::refuseResumable);
    }
}
