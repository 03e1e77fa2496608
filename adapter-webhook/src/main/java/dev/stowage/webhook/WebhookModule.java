package dev.stowage.webhook;

import dev.stowage.core.port.service.WebhookSender;
import dev.stowage.webhook.CheckedResolver.Names;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The sender of webhooks with its connections. */
public final class WebhookModule implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);

    /** Names are resolved again after that. */
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(1);

    private static final int CONNECTIONS = 256;
    private static final int CONNECTIONS_OF_ONE = 32;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 8 * 1024;

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor timer;
    private final HttpSender sender;

    private WebhookModule(CloseableHttpClient client, ScheduledThreadPoolExecutor timer, HttpSender sender) {
        this.client = client;
        this.timer = timer;
        this.sender = sender;
    }

    /** Opens the sender. Makes no connection before the first event. */
    public static WebhookModule open(WebhookConfig config, InstantSource clock) {
        return open(config, InetAddress::getAllByName, ATTEMPT_LIMIT, clock);
    }

    static WebhookModule open(WebhookConfig config, Names names, Duration limit, InstantSource clock) {
        CheckedResolver resolver = new CheckedResolver(new AddressPolicy(config.allowed()), names);
        CloseableHttpClient client = client(resolver, limit);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stowage-webhook-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return new WebhookModule(client, timer, new HttpSender(client, resolver, timer, limit, clock));
    }

    private static CloseableHttpClient client(CheckedResolver resolver, Duration limit) {
        Timeout whole = Timeout.of(limit);
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT_LIMIT.compareTo(limit) < 0 ? CONNECT_LIMIT : limit))
                .setSocketTimeout(whole)
                .setTimeToLive(CONNECTION_LIFE)
                .build();
        Http1Config bounds = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_LINE)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(bounds)
                                .build())
                        .setDefaultConnectionConfig(connections)
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS_OF_ONE)
                        .build())
                // A proxy would resolve the names again.
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(whole)
                        .setResponseTimeout(whole)
                        .build())
                .setUserAgent("Stowage-Webhooks")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Returns the sender. */
    public WebhookSender sender() {
        return sender;
    }

    /** Closes all connections; attempts that are being made fail. Idempotent. */
    @Override
    public void close() {
        timer.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
