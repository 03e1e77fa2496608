package dev.stowage.webhook;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery.Result;
import dev.stowage.core.port.service.WebhookSender;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Sends events by HTTP, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> specifies. */
final class HttpSender implements WebhookSender {

    /** More of a response is not read, and its connection is closed. */
    private static final int MAX_READ = 16 * 1024;

    private static final String NO_ADDRESS = "The host has no address that webhooks may be sent to";
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;

    private final CloseableHttpClient client;
    private final CheckedResolver resolver;
    private final ScheduledExecutorService timer;
    private final Duration limit;
    private final InstantSource clock;

    /**
     * @param client connects to the addresses of {@code resolver} only
     * @param timer ends attempts
     * @param limit of an attempt
     */
    HttpSender(
            CloseableHttpClient client,
            CheckedResolver resolver,
            ScheduledExecutorService timer,
            Duration limit,
            InstantSource clock) {
        this.client = client;
        this.resolver = resolver;
        this.timer = timer;
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public void check(String url) {
        Receiver receiver = Receiver.parse(url);
        try {
            // A name and an address are resolved alike.
            resolver.resolve(receiver.host());
        } catch (UnknownHostException e) {
            throw Receiver.invalid("The host of url has no address that webhooks may be sent to; use a public one, or"
                    + " have the operator allow its network (WEBHOOK_ALLOWED_NETWORKS)");
        }
    }

    @Override
    public Result send(Webhook webhook, LoggedEvent event) {
        Receiver receiver;
        HttpPost request;
        try {
            receiver = Receiver.parse(webhook.url());
            request = request(receiver, webhook, event);
        } catch (InvalidInput e) {
            return failed(String.valueOf(e.getMessage()));
        }
        Future<?> end;
        try {
            end = timer.schedule(request::cancel, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return failed("The service is stopping");
        }
        HttpHost host = new HttpHost(
                receiver.uri().getScheme(), receiver.host(), receiver.uri().getPort());
        try {
            ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
            int status = response.getCode();
            close(response, request);
            return new Result(now(), OptionalInt.of(status), error(status));
        } catch (IOException | RuntimeException e) {
            return failed(describe(request, e));
        } finally {
            end.cancel(false);
        }
    }

    private HttpPost request(Receiver receiver, Webhook webhook, LoggedEvent event) {
        String body = EventBody.json(event);
        String id = event.id() == 0
                ? webhook.id() + "_test_" + event.event().time().toEpochMilli()
                : webhook.id() + "_" + event.id();
        Instant time = clock.instant();
        long seconds = time.getEpochSecond();
        HttpPost request = new HttpPost(receiver.uri());
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(seconds));
        request.setHeader("webhook-signature", signatures(webhook.secrets(time), id, seconds, body));
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return request;
    }

    /** After a rotation there are two, separated by a space, of which a receiver knows at least one. */
    private static String signatures(List<Secret> secrets, String id, long seconds, String body) {
        return secrets.stream()
                .map(secret -> signature(secret, id, seconds, body))
                .collect(Collectors.joining(" "));
    }

    private static String signature(Secret secret, String id, long seconds, String body) {
        try {
            return new com.standardwebhooks.Webhook(secret.value()).sign(id, seconds, body);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("A secret that was created here can sign", e);
        }
    }

    /** Reads a short response, so that its connection can be used again, and breaks the connection of a longer one, which is drained otherwise. */
    private static void close(ClassicHttpResponse response, HttpPost request) {
        try (response) {
            HttpEntity entity = response.getEntity();
            if (entity != null && entity.getContent().readNBytes(MAX_READ).length == MAX_READ) {
                boolean unused = request.cancel();
            }
        } catch (IOException e) {
            // The status has arrived, and nothing else matters.
        }
    }

    private static Optional<String> error(int status) {
        if (status >= SUCCESS && status < REDIRECT) {
            return Optional.empty();
        }
        return Optional.of(
                status >= REDIRECT && status < ERROR
                        ? "The receiver answered " + status + "; redirects are not followed"
                        : "The receiver answered " + status);
    }

    /** Tells people what went wrong, without the addresses of the network. */
    private String describe(HttpPost request, Exception e) {
        if (e instanceof UnknownHostException) {
            return NO_ADDRESS;
        }
        if (request.isCancelled() || e instanceof InterruptedIOException) {
            return "The receiver did not answer within " + limit.toSeconds() + " s";
        }
        return e instanceof SSLException
                ? "There is no TLS connection; check that the certificate is valid for the host"
                : "The connection failed, or was closed without a response";
    }

    private Result failed(String why) {
        return new Result(now(), OptionalInt.empty(), Optional.of(why));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
