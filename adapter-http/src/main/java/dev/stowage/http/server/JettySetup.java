package dev.stowage.http.server;

import dev.stowage.http.access.EarlyAuthHandler;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.ops.Instrumentation;
import dev.stowage.http.ops.RequestMeters;
import dev.stowage.http.protocol.SidePort;
import dev.stowage.http.route.Routes;
import dev.stowage.http.slow.ConnectionLimiter;
import dev.stowage.http.slow.SlowClients;
import dev.stowage.http.slow.WatchedConnector;
import dev.stowage.http.trace.AccessLog;
import dev.stowage.http.trace.RequestScope;
import dev.stowage.http.tus.TusVersion;
import io.javalin.config.JettyConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/** How Jetty is set up beneath Javalin: HTTP/1.1 on one connector. */
final class JettySetup {

    /** How long a connection may be idle while either side waits for the other. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /**
     * The same while the server stops. Jetty's default of one second would cut off an upload at the first pause of a slow network, but
     * connections without a request delay the stop for as long.
     */
    private static final Duration SHUTDOWN_IDLE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The number of concurrent requests without virtual threads. Most of them wait for their clients, and a waiting thread costs a few
     * dozen kilobytes.
     */
    private static final int MAX_THREADS = 2048;

    /**
     * The number of slow clients that the server waits for at the same time, so that resources remain for others; the same with virtual
     * threads.
     */
    private static final int MAX_SLOW = MAX_THREADS * 3 / 4;

    /**
     * The number of connections that wait to be accepted. With the default of fifty, clients in a burst would wait a second for their next
     * attempt (RFC 6298).
     */
    private static final int BACKLOG = 1024;

    /** Enough for a key of 1024 percent-encoded bytes with a signed query, and 2 KiB of encoded metadata. */
    private static final int HEADER_BYTES = 16 << 10;

    /** The most bytes read from a connection at a time; Jetty's default of 8 KiB would cost an upload many more system calls. */
    private static final int READ_BYTES = 64 << 10;

    private final ServerSettings settings;
    private final Listener listener;
    private final TransferLimiter transfers;
    private final RequestAuthenticator authenticator;
    private final Optional<TlsIdentity> identity;
    private final Optional<SidePort> side;
    private final ErrorPages errorPages;
    private final Instrumentation instrumentation;

    /**
     * @param identity for TLS; empty for plain HTTP
     * @param side another protocol on a port of its own
     */
    JettySetup(
            ServerSettings settings,
            TransferLimiter transfers,
            RequestAuthenticator authenticator,
            Optional<TlsIdentity> identity,
            Optional<SidePort> side,
            ErrorPages errorPages,
            Instrumentation instrumentation) {
        this.settings = settings;
        this.listener = settings.listener();
        this.transfers = transfers;
        this.authenticator = authenticator;
        this.identity = identity;
        this.side = side;
        this.errorPages = errorPages;
        this.instrumentation = instrumentation;
    }

    void apply(JettyConfig jetty) {
        jetty.threadPool = threadPool();
        jetty.modifyServer(this::setUp);
        jetty.modifyServletContextHandler(context -> context.setErrorHandler(errorPages));
        jetty.modifyHttpConfiguration(this::setUp);
        ConnectionLimiter limiter = new ConnectionLimiter(settings.limits().connections(), instrumentation.registry());
        jetty.addConnector((server, http) -> connector(server, http, limiter, listener.port()));
        side.ifPresent(port -> jetty.addConnector((server, http) -> {
            ServerConnector connector = connector(server, http, limiter, port.port());
            connector.setName(SidePort.CONNECTOR);
            return connector;
        }));
    }

    /** Jetty itself needs few threads; requests run on virtual threads where the JDK has them (21 and later). */
    private static ThreadPool threadPool() {
        QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS);
        pool.setName("http");
        // Otherwise threads left over from a burst would end at one a minute.
        pool.setMaxEvictCount(MAX_THREADS / 16);
        if (VirtualThreads.areSupported()) {
            pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        }
        return pool;
    }

    private void setUp(Server server) {
        // It would close the connections of slow clients after a second once the pool is busy.
        server.removeBean(server.getBean(LowResourceMonitor.class));
        Handler known = crossOrigin(guarded(
                hosts()::allow,
                listener.corsOrigins(),
                new TusVersion(new EarlyAuthHandler(authenticator, errorPages, new GracefulHandler()))));
        Handler all =
                side.<Handler>map(port -> new PortSwitch(side(port), known)).orElse(known);
        MeterRegistry registry = instrumentation.registry();
        Handler watched = new SlowClients(
                settings.limits(), () -> transfers.maxSlow(MAX_SLOW), registry, new RequestMeters(registry, all));
        server.setHandler(new RequestScope(Routes.TUS + "/", instrumentation.traced(watched)));
        server.setErrorHandler(errorPages);
        server.setRequestLog(new AccessLog());
        server.setStopTimeout(settings.shutdownTimeout().toMillis());
    }

    private void setUp(HttpConfiguration http) {
        if (listener.tls().isPresent()) {
            // Without a check of the name: clients that use an address or an alias get the only certificate.
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        if (listener.forwardedHeaders()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
            http.addCustomizer(new ForwardedPrefix());
        }
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        // Jetty's cache of header fields would use 100 kB for each open connection.
        http.setHeaderCacheSize(0);
        // The host of a target in absolute form takes precedence over Host (RFC 9112, section 3.2.2).
        http.setHttpCompliance(HttpCompliance.RFC9110.with("stowage", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
        // Keys are read from the raw path and checked in the same way for every path; nothing else uses it.
        http.setUriCompliance(UriCompliance.UNSAFE);
    }

    private Handler side(SidePort port) {
        // A page of another site can't sign requests, and the forms that it may post are signed by their author.
        Set<String> origins = authenticator.isGuarded() ? Set.of(Listener.ANY_ORIGIN) : listener.corsOrigins();
        return crossOrigin(guarded(
                host -> hosts().allow(host) || port.isOwnHost(host), origins, new GracefulHandler(port.handler())));
    }

    private AllowedHosts hosts() {
        return new AllowedHosts(!authenticator.isGuarded(), listener.allowedHosts());
    }

    private Handler guarded(Predicate<String> hosts, Set<String> origins, Handler handler) {
        return new SiteGuard(hosts, origins, errorPages, handler);
    }

    private Handler crossOrigin(Handler handler) {
        return listener.corsOrigins().isEmpty() ? handler : CrossOrigin.around(listener.corsOrigins(), handler);
    }

    private ServerConnector connector(Server server, HttpConfiguration http, ConnectionLimiter limiter, int port) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        plain.setInputBufferSize(READ_BYTES);
        ServerConnector connector = identity.map(tls -> new WatchedConnector(
                        server, limiter, new SslConnectionFactory(tls.contexts(), plain.getProtocol()), plain))
                .orElseGet(() -> new WatchedConnector(server, limiter, plain));
        connector.setAcceptQueueSize(BACKLOG);
        connector.setHost(listener.host());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(Math.min(
                SHUTDOWN_IDLE_TIMEOUT.toMillis(), settings.shutdownTimeout().toMillis()));
        return connector;
    }
}
