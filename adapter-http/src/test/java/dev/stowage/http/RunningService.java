package dev.stowage.http;

import dev.stowage.core.Services;
import dev.stowage.core.Services.Accounts;
import dev.stowage.core.Services.EventParts;
import dev.stowage.core.Services.JobParts;
import dev.stowage.core.Services.Sharing;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.apikey.S3Secrets;
import dev.stowage.core.config.Secret;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.EventStorage;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.core.port.service.ImportSource;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.console.ConsoleConfig;
import dev.stowage.http.download.Redirects;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.http.route.ReservedKeys;
import dev.stowage.http.server.Listener;
import dev.stowage.http.server.TlsFiles;
import dev.stowage.http.trace.RequestId;
import dev.stowage.testkit.AcceptingSender;
import dev.stowage.testkit.EveryMinute;
import dev.stowage.testkit.InMemoryArchives;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryKeys;
import dev.stowage.testkit.InMemoryLinks;
import dev.stowage.testkit.InMemorySchedules;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.InMemoryUsage;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.PlainPasswords;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.MDC;

/** The HTTP API on a free port of the loopback interface, with a client. */
public final class RunningService implements AutoCloseable {

    /** The clock of the service. */
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2025-11-30T12:00:00Z"));

    /** The policy of the tests, without an audit log. */
    public static final AccessPolicy POLICY = new AccessPolicy(layout(), AuditLog.NONE);

    /** The maximum file size, in bytes. */
    public static final long MAX_FILE_SIZE = 1 << 20;

    /** No limits on requests or uploads, and no minimum transfer rate. */
    public static final Limits NO_LIMITS =
            new Limits(0, 0, 0, TransferLimit.NONE, 0, Duration.ofSeconds(10), ConnectionLimit.NONE);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpModule module;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private RunningService(HttpModule module) {
        this.module = module;
    }

    /** Starts over {@code storage}, with the default key layout and without a shutdown timeout. */
    public static RunningService over(Storage storage) {
        return new RunningService(HttpModule.start(config(Duration.ZERO), backing(storage), guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, with another key layout, and reserves the paths of routes. */
    static RunningService over(Storage storage, String template) {
        KeyLayout layout = KeyLayout.parse(template).reserving(ReservedKeys.NAMES);
        HttpModule.Guard guard =
                new HttpModule.Guard(RequestAuthenticator.open(), new AccessPolicy(layout, AuditLog.NONE));
        return new RunningService(HttpModule.start(config(Duration.ZERO), backing(storage), guard, layout, CLOCK));
    }

    /** Starts over {@code storage}, with trusted proxies and allowed origins. */
    public static RunningService over(Storage storage, boolean forwardedHeaders, Set<String> corsOrigins) {
        Listener listener = new Listener("127.0.0.1", 0, Optional.empty(), forwardedHeaders, corsOrigins, Set.of("*"));
        return new RunningService(
                HttpModule.start(config(listener, Duration.ZERO), backing(storage), guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, with allowed host names and origins. */
    static RunningService over(
            Storage storage, RequestAuthenticator authenticator, Set<String> corsOrigins, Set<String> allowedHosts) {
        Listener listener = new Listener("127.0.0.1", 0, Optional.empty(), false, corsOrigins, allowedHosts);
        return new RunningService(HttpModule.start(
                config(listener, Duration.ZERO),
                backing(storage),
                new HttpModule.Guard(authenticator, POLICY),
                layout(),
                CLOCK));
    }

    /** Starts over {@code storage}, with redirects of downloads. */
    static RunningService redirecting(Storage storage, Redirects redirects) {
        HttpConfig config = new HttpConfig(
                listener(),
                NO_LIMITS,
                redirects,
                MAX_FILE_SIZE,
                8 << 20,
                Duration.ofHours(24),
                Duration.ZERO,
                ConsoleConfig.USUAL,
                "1.2.3-test",
                "memory");
        return new RunningService(HttpModule.start(config, backing(storage), guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, with traces. */
    static RunningService traced(Storage storage, OpenTelemetry telemetry) {
        HttpModule.Backing untraced = backing(storage);
        HttpModule.Backing backing =
                new HttpModule.Backing(untraced.ports(), untraced.checks(), Optional.of(telemetry));
        return new RunningService(HttpModule.start(config(Duration.ZERO), backing, guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, with another console. */
    static RunningService withConsole(Storage storage, ConsoleConfig console) {
        HttpConfig config = new HttpConfig(
                listener(),
                NO_LIMITS,
                Redirects.ON_REQUEST,
                MAX_FILE_SIZE,
                8 << 20,
                Duration.ofHours(24),
                Duration.ZERO,
                console,
                "1.2.3-test",
                "memory");
        return new RunningService(HttpModule.start(config, backing(storage), guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, with TLS. */
    public static RunningService over(Storage storage, TlsFiles tls) {
        Listener listener = new Listener("127.0.0.1", 0, Optional.of(tls), false, Set.of(), Set.of("*"));
        return new RunningService(
                HttpModule.start(config(listener, Duration.ZERO), backing(storage), guard(), layout(), CLOCK));
    }

    /** Starts over {@code storage}, for the principals that {@code authenticator} knows. */
    static RunningService guarded(Storage storage, Authenticator authenticator) {
        return guarded(storage, authenticator, AuditLog.NONE);
    }

    /** Starts over {@code storage}, for the principals that {@code authenticator} knows, with an audit log. */
    static RunningService guarded(Storage storage, Authenticator authenticator, AuditLog audit) {
        HttpModule.Guard guard = new HttpModule.Guard(
                RequestAuthenticator.guardedBy(List.of(authenticator), audit), new AccessPolicy(layout(), audit));
        return new RunningService(HttpModule.start(config(Duration.ZERO), backing(storage), guard, layout(), CLOCK));
    }

    /** Starts over {@code storage}, with an authenticator and limits. */
    public static RunningService over(Storage storage, RequestAuthenticator authenticator, Limits limits) {
        return new RunningService(HttpModule.start(
                config(listener(), limits, Duration.ZERO),
                backing(storage),
                new HttpModule.Guard(authenticator, POLICY),
                layout(),
                CLOCK));
    }

    /** Starts over {@code storage}, with job records that the test shares. */
    public static RunningService over(Storage storage, BatchJobs jobs) {
        return over(storage, jobs, NO_LIMITS);
    }

    /** Starts over {@code storage}, with job records that the test shares, and limits. */
    static RunningService over(Storage storage, BatchJobs jobs, Limits limits) {
        HttpModule.Backing backing = backing(storage, jobs, new InMemoryEvents());
        return new RunningService(
                HttpModule.start(config(listener(), limits, Duration.ZERO), backing, guard(), layout(), CLOCK));
    }

    /** Starts over a store in memory whose changes are events, for the principals that {@code authenticator} knows. */
    static RunningService recorded(Authenticator authenticator) {
        InMemoryEvents log = new InMemoryEvents();
        AccessPolicy policy = new AccessPolicy(
                layout(), AuditLog.NONE, () -> Optional.ofNullable(MDC.get(RequestId.LOG_KEY)), Observer.NONE);
        Storage storage = new EventStorage(new InMemoryStorage(), log, policy.origins(), CLOCK);
        HttpModule.Guard guard =
                new HttpModule.Guard(RequestAuthenticator.guardedBy(List.of(authenticator), AuditLog.NONE), policy);
        return new RunningService(HttpModule.start(
                config(Duration.ZERO), backing(storage, new InMemoryJobs(), log), guard, layout(), CLOCK));
    }

    /** A backing with empty records. */
    public static HttpModule.Backing backing(Storage storage) {
        return backing(storage, new InMemoryJobs(), new InMemoryEvents());
    }

    private static HttpModule.Backing backing(Storage storage, BatchJobs jobs, InMemoryEvents log) {
        Services.Ports ports = new Services.Ports(
                storage,
                new InMemorySessions(),
                jobParts(jobs),
                accounts(),
                eventParts(new EventPublisher(log, storage.journal(), new InMemoryExpiry())),
                new ProcessSignals(),
                SpoolSpace.ofSystem());
        return new HttpModule.Backing(ports, List.of(), Optional.empty());
    }

    /** No schedules; of cron expressions, only that of every minute is known. One import source, {@code old}, without files. */
    private static JobParts jobParts(BatchJobs jobs) {
        return new JobParts(
                jobs,
                new InMemorySchedules(),
                new EveryMinute(),
                List.of(new ImportSource("old", Set.of(), new InMemoryStorage().objects())));
    }

    /** No rules of expiry, and no webhooks; their receivers would accept all events. */
    private static EventParts eventParts(EventPublisher publisher) {
        return new EventParts(publisher, new InMemoryExpiry(), new InMemoryWebhooks(), new AcceptingSender(CLOCK));
    }

    /** Empty records, without quotas. */
    private static Accounts accounts() {
        return new Accounts(
                new InMemoryKeys(),
                Optional.of(new S3Secrets(new Secret("f".repeat(S3Secrets.MIN_LENGTH)))),
                new TwoProjects(),
                new Sharing(new InMemoryArchives(), new InMemoryLinks(), new PlainPasswords()),
                new InMemoryUsage(),
                new ProjectQuotas(layout(), OptionalLong.empty(), Map.of()));
    }

    /** A configuration for a free port. */
    public static HttpConfig config(Duration shutdownTimeout) {
        return config(listener(), shutdownTimeout);
    }

    private static HttpConfig config(Listener listener, Duration shutdownTimeout) {
        return config(listener, NO_LIMITS, shutdownTimeout);
    }

    private static HttpConfig config(Listener listener, Limits limits, Duration shutdownTimeout) {
        return new HttpConfig(
                listener,
                limits,
                Redirects.ON_REQUEST,
                MAX_FILE_SIZE,
                8 << 20,
                Duration.ofHours(24),
                shutdownTimeout,
                ConsoleConfig.USUAL,
                "1.2.3-test",
                "memory");
    }

    private static Listener listener() {
        return new Listener("127.0.0.1", 0, Optional.empty(), false, Set.of(), Set.of("*"));
    }

    /** Accepts every request. */
    static HttpModule.Guard guard() {
        return new HttpModule.Guard(RequestAuthenticator.open(), POLICY);
    }

    private static KeyLayout layout() {
        return KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    }

    /** The port that the service listens on. */
    public int port() {
        return module.port();
    }

    /** Returns the absolute URI of an encoded path. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Returns a request to an encoded path. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT);
    }

    /** Sends a request, and returns the response with its body as bytes. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            DeclaredErrors.check(response);
            DocumentedBodies.check(response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code GET} of a path. */
    public HttpResponse<byte[]> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a request without a body. */
    public HttpResponse<byte[]> send(String method, String path) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** {@code POST} of a JSON body. */
    public HttpResponse<byte[]> postJson(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Returns the body of a response as text. */
    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        module.close();
    }
}
