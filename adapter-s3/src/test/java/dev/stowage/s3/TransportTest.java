package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Requests to the JDK's HTTP server, which records and echoes them. */
@Timeout(30)
final class TransportTest {

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private HttpServer server;

    private record Asked(URI uri, Headers headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void body_arrivesWhole_withItsLengthOnce() throws Exception {
        byte[] body = new byte[300_000];
        body[299_999] = 7;

        int status = call(direct(), put("/b/key", body));

        Asked request = asked.take();
        assertThat(status).isEqualTo(200);
        assertThat(request.body()).isEqualTo(new String(body, StandardCharsets.ISO_8859_1));
        assertThat(request.headers().get("Content-Length")).containsExactly("300000");
        assertThat(request.headers().get("Content-Type")).containsExactly("text/x-log; charset=utf-8");
        assertThat(request.headers().get("X-Amz-Meta-A")).containsExactly("1");
        assertThat(request.headers()).doesNotContainKey("Transfer-Encoding");
    }

    @Test
    void keyWithEmptySegment_isNotShortened() throws Exception {
        call(direct(), put("/b//a//c/", new byte[1]));

        assertThat(asked.take().uri().getRawPath()).isEqualTo("/b//a//c/");
        call(direct(), put("//a//c", new byte[1]));
        assertThat(asked.take().uri().getRawPath()).isEqualTo("/%2Fa//c");
    }

    @Test
    void responseWithoutBody_releasesTheConnection() throws Exception {
        try (Transport transport = direct()) {
            for (int i = 0; i < 3; i++) {
                SdkHttpRequest head = request(SdkHttpMethod.HEAD, "/b/key").build();
                HttpExecuteResponse answer = transport
                        .prepareRequest(
                                HttpExecuteRequest.builder().request(head).build())
                        .call();

                assertThat(answer.httpResponse().firstMatchingHeader("ETag")).contains("\"1\"");
            }
        }
    }

    @Test
    void proxy_isUsed_forItsHosts() throws Exception {
        Optional<Proxy> proxy = Proxy.of(ProxyConfiguration.builder()
                .endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .nonProxyHosts(Set.of("127\\..*"))
                .build());

        call(new Transport(1, Timeouts.DEFAULT, proxy), put("http", "store.invalid", 80, "/b/far"));
        call(new Transport(1, Timeouts.DEFAULT, proxy), put("/b/near", new byte[1]));

        assertThat(asked.take().uri()).isEqualTo(URI.create("http://store.invalid/b/far"));
        assertThat(asked.take().uri()).isEqualTo(URI.create("/b/near"));
    }

    private static int call(Transport transport, HttpExecuteRequest request) throws IOException {
        try (transport) {
            return transport.prepareRequest(request).call().httpResponse().statusCode();
        }
    }

    private static Transport direct() {
        return new Transport(1, Timeouts.DEFAULT, Optional.empty());
    }

    private HttpExecuteRequest put(String path, byte[] body) {
        return HttpExecuteRequest.builder()
                .request(request(SdkHttpMethod.PUT, path)
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .putHeader("Content-Type", "text/x-log; charset=utf-8")
                        .putHeader("x-amz-meta-a", "1")
                        .build())
                .contentStreamProvider(
                        ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(body)))
                .build();
    }

    private HttpExecuteRequest put(String protocol, String host, int port, String path) {
        return HttpExecuteRequest.builder()
                .request(request(SdkHttpMethod.PUT, path)
                        .protocol(protocol)
                        .host(host)
                        .port(port)
                        .putHeader("Content-Length", "0")
                        .build())
                .contentStreamProvider(
                        ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(new byte[0])))
                .build();
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder()
                .method(method)
                .protocol("http")
                .host("127.0.0.1")
                .port(server.getAddress().getPort())
                .encodedPath(path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
