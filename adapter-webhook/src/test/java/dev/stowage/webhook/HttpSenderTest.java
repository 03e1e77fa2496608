package dev.stowage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.core.access.Origin;
import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery.Result;
import dev.stowage.core.key.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpSenderTest {

    /** Longer than an attempt at a receiver that works takes on any machine. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger lookups = new AtomicInteger();
    private final HttpServer server = start();
    private WebhookModule module = module("127.0.0.0/8");

    private record Request(Map<String, List<String>> headers, String body) {}

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name {@code rebinding.example} is public when it is looked up first, and then on this machine. */
    private WebhookModule module(String allowed) {
        return module(allowed, LONG);
    }

    private WebhookModule module(String allowed, Duration limit) {
        WebhookConfig config = WebhookConfig.from(new Settings(Map.of("WEBHOOK_ALLOWED_NETWORKS", allowed)));
        return WebhookModule.open(
                config,
                host -> host.equals("rebinding.example")
                        ? addresses(lookups.getAndIncrement() == 0 ? "93.184.215.14" : "127.0.0.1")
                        : addresses(host.equals("receiver.example") ? "127.0.0.1" : host),
                limit,
                InstantSource.system());
    }

    private static InetAddress[] addresses(String text) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(text)};
    }

    @BeforeEach
    void receive() {
        server.setExecutor(threads);
        server.start();
        answer(204, "");
    }

    @AfterEach
    void close() {
        module.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(int status, String location) {
        handle(exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(status, -1);
        });
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void handle(Handling handling) {
        try {
            server.removeContext("/hook");
        } catch (IllegalArgumentException e) {
            // The first one.
        }
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(Map.copyOf(exchange.getRequestHeaders()), body));
            handling.handle(exchange);
            exchange.close();
        });
    }

    private Result send(String url) {
        return module.sender().send(webhook(url), event());
    }

    private String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/hook?token=x";
    }

    private static Webhook webhook(String url) {
        return new Webhook(
                "w",
                Optional.empty(),
                url,
                Set.of(EventType.FILE_DELETED),
                Optional.empty(),
                SECRET,
                Instant.EPOCH,
                Webhook.Health.enabledAfter(0),
                0);
    }

    private static LoggedEvent event() {
        return new LoggedEvent(
                42, Event.deleted(new ObjectKey("raw/p/ü"), Instant.parse("2025-11-30T12:00:00.5Z"), Origin.UNKNOWN));
    }

    @Test
    void send_isSigned_asTheLibraryOfStandardWebhooksVerifies() throws Exception {
        Result result = send(url("receiver.example"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.status()).hasValue(204);
        Request request = requests.take();
        HttpHeaders headers = HttpHeaders.of(request.headers(), (name, value) -> true);
        assertThatCode(() -> new com.standardwebhooks.Webhook(SECRET.value()).verify(request.body(), headers))
                .doesNotThrowAnyException();
        assertThat(headers.firstValue("webhook-id")).contains("w_42");
        assertThat(headers.firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(request.body())
                .isEqualTo("{\"id\":\"42\",\"type\":\"file.deleted\",\"timestamp\":\"2025-11-30T12:00:00Z\","
                        + "\"data\":{\"key\":\"raw/p/ü\",\"size\":null,\"etag\":null,\"content_type\":null,"
                        + "\"principal\":null,\"request_id\":null,\"upload_id\":null,\"job_id\":null,"
                        + "\"operation\":null,\"state\":null,\"reason\":null,\"webhook_id\":null}}");
    }

    @Test
    void send_afterARotation_isSignedWithBothSecrets_untilTheOverlapEnds() throws Exception {
        Secret next = new Secret("whsec_" + "B".repeat(32));
        Instant now = Instant.now();
        Webhook webhook = webhook(url("receiver.example"));

        module.sender().send(webhook.rotated(next, Optional.of(now.plusSeconds(3600))), event());
        module.sender().send(webhook.rotated(next, Optional.of(now.minusSeconds(1))), event());

        Request both = requests.take();
        assertThat(verifies(SECRET, both)).isTrue();
        assertThat(verifies(next, both)).isTrue();
        Request one = requests.take();
        assertThat(verifies(SECRET, one)).isFalse();
        assertThat(verifies(next, one)).isTrue();
    }

    private static boolean verifies(Secret secret, Request request) throws Exception {
        HttpHeaders headers = HttpHeaders.of(request.headers(), (name, value) -> true);
        try {
            new com.standardwebhooks.Webhook(secret.value()).verify(request.body(), headers);
            return true;
        } catch (com.standardwebhooks.exceptions.WebhookVerificationException e) {
            return false;
        }
    }

    @Test
    void send_again_hasTheSameId() throws Exception {
        send(url("receiver.example"));
        send(url("receiver.example"));

        assertThat(requests.take().headers().get("Webhook-id"))
                .isEqualTo(requests.take().headers().get("Webhook-id"));
    }

    @Test
    void redirect_isNotFollowed() {
        answer(307, url("receiver.example"));

        Result result = send(url("receiver.example"));

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.error().orElseThrow()).contains("307", "redirects");
        assertThat(requests).hasSize(1);
    }

    @Test
    void failure_hasItsStatus() {
        answer(410, "");

        Result result = send(url("receiver.example"));

        assertThat(result.isGone()).isTrue();
        assertThat(result.error()).contains("The receiver answered 410");
    }

    @Test
    void nameThatPointsHereAfterTheCheck_isNotConnectedTo() {
        module.close();
        module = module("");
        module.sender().check(url("rebinding.example"));

        Result result = send(url("rebinding.example"));

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.error().orElseThrow()).contains("no address");
        assertThat(requests).isEmpty();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void addressThatIsNotAllowed_isNotConnectedTo() {
        module.close();
        module = module("");

        for (String host : List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "receiver.example")) {
            assertThat(send(url(host)).error().orElseThrow()).as(host).contains("no address");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void receiverThatDoesNotAnswer_isGivenUp() throws Exception {
        giveUpSoon();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = send("http://receiver.example:" + silent.getLocalPort() + "/");

            assertThat(result.error().orElseThrow()).contains("did not answer within");
        }
    }

    /** Each byte arrives in time, so only the limit of the whole attempt ends it. */
    @Test
    void receiverThatAnswersByteByByte_isGivenUp() throws Exception {
        giveUpSoon();
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> drip(slow));

            long start = System.nanoTime();
            Result result = send("http://receiver.example:" + slow.getLocalPort() + "/");

            assertThat(result.isSuccess()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(12));
        }
    }

    private void giveUpSoon() {
        module.close();
        module = module("127.0.0.0/8", SHORT);
    }

    private static void drip(ServerSocket listener) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(50);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endlessAnswer_isNotReadToItsEnd() throws Exception {
        CompletableFuture<Boolean> isRead = new CompletableFuture<>();
        handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[8192];
            try {
                for (int i = 0; i < 100_000; i++) {
                    exchange.getResponseBody().write(block);
                }
                isRead.complete(true);
            } catch (IOException cut) {
                isRead.complete(false);
            }
        });

        Result result = send(url("receiver.example"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(isRead.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void closedPort_isAFailedConnection() throws Exception {
        // A socket that is bound and does not listen keeps the port from others.
        try (Socket closed = new Socket()) {
            closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            Result result = send("http://receiver.example:" + closed.getLocalPort() + "/");

            assertThat(result.status()).isEmpty();
            assertThat(result.error().orElseThrow())
                    .contains("connection failed")
                    .doesNotContain("127");
        }
    }

    @Test
    void receiverWithoutTls_isAFailureOfTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> drip(plain));

            Result result = send("https://receiver.example:" + plain.getLocalPort() + "/");

            assertThat(result.error().orElseThrow()).contains("TLS");
        }
    }
}
