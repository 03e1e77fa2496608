package dev.stowage.http.slow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.error.TooSlow;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server that waits for no slow clients, so that it disconnects one after a second rather than half a minute. */
@Timeout(30)
class SlowClientsTest {

    private static final Limits LIMITS =
            new Limits(0, 0, 0, TransferLimit.NONE, 240, Duration.ofSeconds(10), ConnectionLimit.NONE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(10);
    private final Server server = new Server();
    private final ServerConnector connector = new WatchedConnector(
            server, new ConnectionLimiter(ConnectionLimit.NONE, registry), new HttpConnectionFactory());

    @BeforeEach
    void start() throws Exception {
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(new SlowClients(LIMITS, () -> 0, registry, new Echo(failures)));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void clientThatSendsNothing_getsAnErrorResponse() throws Exception {
        try (Socket socket = ask("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1")) {
            assertThat(failures.take()).isInstanceOf(TooSlow.class);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
        }
        assertOneIsCounted();
    }

    @Test
    void clientThatReadsNothing_isCut() throws Exception {
        try (Socket socket = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(failures.take()).isInstanceOf(TooSlow.class);
            assertThat(socket.isConnected()).isTrue();
        }
        assertOneIsCounted();
    }

    /** Clients are counted shortly after they are disconnected. */
    private void assertOneIsCounted() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (registry.counter("stowage.slow.clients").count() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(registry.counter("stowage.slow.clients").count()).isEqualTo(1);
    }

    private Socket ask(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads a body to its end, or sends an endless one, with blocking threads like servlets. */
    private static final class Echo extends Handler.Abstract {

        private final BlockingQueue<Throwable> failures;

        Echo(BlockingQueue<Throwable> failures) {
            this.failures = failures;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            try {
                Content.Source.asInputStream(request).readAllBytes();
                while (request.getMethod().equals("GET")) {
                    Content.Sink.asOutputStream(response).write(new byte[64 << 10]);
                }
                callback.succeeded();
            } catch (IOException e) {
                failures.add(e);
                Response.writeError(request, response, callback, 408);
            }
            return true;
        }
    }
}
