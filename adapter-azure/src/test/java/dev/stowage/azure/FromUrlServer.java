package dev.stowage.azure;

import com.azure.storage.common.StorageSharedKeyCredential;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in front of the emulator that adds Put Block From URL, as its documentation specifies it; all other requests are passed on.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-from-url">Put Block From URL</a>
 */
final class FromUrlServer implements AutoCloseable {

    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "host", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI emulator;
    private final StorageSharedKeyCredential credential;
    private final AtomicInteger blocks = new AtomicInteger();
    private volatile Runnable beforeBlock = () -> {};

    FromUrlServer(AzureConfig config) throws IOException {
        emulator = config.endpoint();
        credential = config.credential();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + emulator.getPath());
    }

    /** The number of blocks that were made from URLs. */
    int blocks() {
        return blocks.get();
    }

    /** Runs {@code event} before the next block is made. */
    void beforeNextBlock(Runnable event) {
        beforeBlock = () -> {
            beforeBlock = () -> {};
            event.run();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean fromUrl = exchange.getRequestURI().getRawQuery() != null
                    && exchange.getRequestURI().getRawQuery().startsWith("comp=block&")
                    && exchange.getRequestHeaders().containsKey("x-ms-copy-source");
            HttpResponse<byte[]> answer = fromUrl ? putBlock(exchange) : passOn(exchange);
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            if (exchange.getRequestMethod().equals("HEAD")) {
                answer.headers()
                        .firstValue("content-length")
                        .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
            }
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(atEmulator(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> putBlock(HttpExchange exchange) throws IOException, InterruptedException {
        beforeBlock.run();
        URI source = URI.create(exchange.getRequestHeaders().getFirst("x-ms-copy-source"));
        HttpResponse<byte[]> bytes = client.send(
                HttpRequest.newBuilder(atEmulator(source))
                        .header("x-ms-version", "2021-12-02")
                        .header("x-ms-range", exchange.getRequestHeaders().getFirst("x-ms-source-range"))
                        .header("If-Match", exchange.getRequestHeaders().getFirst("x-ms-source-if-match"))
                        .build(),
                BodyHandlers.ofByteArray());
        if (bytes.statusCode() != 206) {
            return bytes;
        }
        blocks.incrementAndGet();
        URI block = atEmulator(exchange.getRequestURI());
        Map<String, String> headers = new TreeMap<>(Map.of(
                "x-ms-version",
                "2021-12-02",
                "x-ms-date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).withNano(0)),
                "Content-Length",
                Integer.toString(bytes.body().length)));
        String authorization = credential.generateAuthorizationHeader(block.toURL(), "PUT", headers);
        HttpRequest.Builder request = HttpRequest.newBuilder(block).PUT(BodyPublishers.ofByteArray(bytes.body()));
        headers.remove("Content-Length");
        headers.forEach(request::header);
        return client.send(request.header("Authorization", authorization).build(), BodyHandlers.ofByteArray());
    }

    private URI atEmulator(URI requested) {
        return URI.create("http://" + emulator.getRawAuthority() + requested.getRawPath()
                + (requested.getRawQuery() == null ? "" : "?" + requested.getRawQuery()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
