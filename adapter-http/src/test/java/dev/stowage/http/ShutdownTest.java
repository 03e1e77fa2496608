package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.http.console.ConsoleConfig;
import dev.stowage.http.download.Redirects;
import dev.stowage.http.server.Listener;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShutdownTest {

    private final Slow store = new Slow(new InMemoryStorage().objects());

    @Test
    void requestThatRuns_isFinished() throws Exception {
        HttpModule module = start(Duration.ofSeconds(20));
        try (Socket socket = ask(module)) {
            store.entered.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(module::close);
            awaitRefusal(module.port());
            store.go.countDown();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("FileNotFound");
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void requestThatTakesTooLong_isCut() throws Exception {
        HttpModule module = start(Duration.ofMillis(300));
        try (Socket socket = ask(module)) {
            store.entered.await();
            module.close();

            assertThat(answerOrReset(socket)).isEmpty();
        } finally {
            store.go.countDown();
        }
    }

    /** Waiting for the idle timeout would take five seconds. */
    @Test
    void connectionWithoutARequest_doesNotHoldUpTheEnd() throws Exception {
        HttpModule module = start(Duration.ofSeconds(20));
        store.go.countDown();
        try (Socket unused = RawRequest.open(module.port());
                Socket used = RawRequest.open(module.port())) {
            used.getOutputStream()
                    .write("HEAD /api/v1/s3/exists/a HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(used.getInputStream().read()).isEqualTo('H');

            long began = System.nanoTime();
            module.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
            assertThat(unused.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closingAgain_doesNothing() {
        HttpModule module = start(Duration.ofSeconds(1));
        module.close();
        module.close();
        store.go.countDown();

        assertThatThrownBy(() -> RawRequest.open(module.port()).close()).isInstanceOf(Exception.class);
    }

    @Test
    void portInUse_failsWithAClearMessage() {
        try (HttpModule module = start(Duration.ofSeconds(1))) {
            HttpConfig taken = new HttpConfig(
                    new Listener("127.0.0.1", module.port(), Optional.empty(), false, Set.of(), Set.of("*")),
                    RunningService.NO_LIMITS,
                    Redirects.ON_REQUEST,
                    1,
                    5 << 20,
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    ConsoleConfig.USUAL,
                    "test",
                    "memory");

            assertThatThrownBy(() -> HttpModule.start(
                            taken,
                            RunningService.backing(new StorageOf(store)),
                            RunningService.guard(),
                            KeyLayout.parse("open"),
                            RunningService.CLOCK))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + module.port());
        }
    }

    private HttpModule start(Duration shutdownTimeout) {
        return HttpModule.start(
                RunningService.config(shutdownTimeout),
                RunningService.backing(new StorageOf(store)),
                RunningService.guard(),
                KeyLayout.parse("open"),
                RunningService.CLOCK);
    }

    private static Socket ask(HttpModule module) throws IOException {
        Socket socket = RawRequest.open(module.port());
        socket.getOutputStream()
                .write("GET /api/v1/s3/metadata/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /**
     * Waits until connections are refused. The listening socket is closed first; until then connections are accepted, and one that arrives
     * while it is closed is reset.
     */
    private static void awaitRefusal(int port) throws IOException {
        while (true) {
            try {
                RawRequest.open(port).close();
            } catch (SocketException refused) {
                return;
            }
        }
    }

    private static String answerOrReset(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException reset) {
            return "";
        }
    }

    /** A store whose calls block until the test lets them continue. */
    private static final class Slow extends ForwardingObjectStore {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        Slow(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.stat(key);
        }
    }
}
