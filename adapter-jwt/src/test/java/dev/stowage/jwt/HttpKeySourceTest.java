package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of a key set by HTTP, from working and faulty servers. */
final class HttpKeySourceTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);

    /** Long enough for the request to arrive. */
    private static final Duration HASTY = Duration.ofSeconds(1);

    private final KeyServer server = new KeyServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void read_ofADocument_isItsText() throws Exception {
        server.publish("{\"keys\":[],\"who\":\"Zoë\"}");

        assertThat(read(PATIENT)).isEqualTo("{\"keys\":[],\"who\":\"Zoë\"}");
    }

    @Test
    void read_ofTheLargestDocument_isItsText_andOfALargerOneFails() throws Exception {
        String largest = "x".repeat(KeySource.LARGEST);
        server.publish(largest);
        assertThat(read(PATIENT)).isEqualTo(largest);

        server.publish(largest + "x");
        assertThatThrownBy(() -> read(PATIENT))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void read_ofADocumentWithoutEnd_fails_andCutsTheConnection() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(exchange.getResponseBody(), new byte[8192], Duration.ZERO, cut);
        });

        assertThatThrownBy(() -> read(PATIENT)).hasMessageContaining("larger than");
        assertThat(cut.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void read_ofADocumentThatTrickles_fails_andCutsTheConnection() throws Exception {
        // The first request loads classes.
        server.publish("{}");
        assertThat(read(PATIENT)).isEqualTo("{}");
        CountDownLatch cut = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(exchange.getResponseBody(), new byte[1], Duration.ofMillis(10), cut);
        });

        assertThatThrownBy(() -> read(HASTY)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(cut.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void read_fromAServerThatDoesNotAnswer_fails() {
        CountDownLatch end = new CountDownLatch(1);
        server.handle(exchange -> await(end));

        assertThatThrownBy(() -> read(HASTY)).hasCauseInstanceOf(TimeoutException.class);
        end.countDown();
    }

    @Test
    void read_withoutAServer_fails() {
        URI url = server.url();
        server.close();

        assertThatThrownBy(() -> new HttpKeySource(url, PATIENT).read().get()).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 401, 404, 500, 503})
    void read_ofAnotherAnswer_fails(int status) {
        server.handle(exchange -> KeyServer.answer(exchange, status, ""));

        assertThatThrownBy(() -> read(PATIENT)).hasMessageContaining("its response is " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void read_ofARedirect_doesNotFollowIt(int status) {
        try (KeyServer other = new KeyServer()) {
            other.publish("{\"keys\":[]}");
            server.handle(exchange -> {
                exchange.getResponseHeaders().add("Location", other.url().toString());
                KeyServer.answer(exchange, status, "");
            });

            assertThatThrownBy(() -> read(PATIENT)).hasMessageContaining("its response is " + status);
            assertThat(other.hits()).isZero();
        }
    }

    private String read(Duration timeout) throws InterruptedException, ExecutionException {
        return new HttpKeySource(server.url(), timeout).read().get();
    }

    /** Writes until the connection breaks. */
    private static void pour(OutputStream out, byte[] drop, Duration pause, CountDownLatch cut) {
        try {
            while (true) {
                out.write(drop);
                out.flush();
                Thread.sleep(pause.toMillis());
            }
        } catch (IOException e) {
            cut.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
