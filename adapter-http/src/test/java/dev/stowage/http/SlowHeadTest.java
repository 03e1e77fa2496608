package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A header timeout of half a second. */
@Timeout(30)
class SlowHeadTest {

    private static final Limits LIMITS =
            new Limits(0, 0, 0, TransferLimit.NONE, 240, Duration.ofMillis(500), ConnectionLimit.NONE);
    private static final String REQUEST = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    private static final int PAUSE_MILLIS = 50;

    private final RunningService service =
            RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), LIMITS);

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void headThatComesByteByByte_endsTheConnection() throws IOException {
        try (Socket socket = RawRequest.open(service.port())) {
            assertThat(drip(socket)).isPositive();
        }
    }

    @Test
    void secondHeadOnAConnection_isTimedAsTheFirst() throws IOException {
        try (Socket socket = RawRequest.open(service.port())) {
            ask(socket);

            assertThat(drip(socket)).isPositive();
        }
    }

    @Test
    void connectionWithoutARequest_isKept() throws IOException {
        try (Socket socket = RawRequest.open(service.port())) {
            ask(socket);
            assertThat(isEnded(socket, 1_500)).isFalse();

            ask(socket);
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write((REQUEST + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(10_000);
        String body = "{\"status\":\"ok\"}";
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith(body)) {
            int next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    /** Sends an endless header section byte by byte until the service closes the connection. Returns the number of bytes. */
    private static int drip(Socket socket) throws IOException {
        byte[] head = (REQUEST + "X: " + "x".repeat(10_000)).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < head.length; i++) {
            try {
                socket.getOutputStream().write(head[i]);
            } catch (IOException reset) {
                return i;
            }
            if (isEnded(socket, PAUSE_MILLIS)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEnded(Socket socket, int waitMillis) throws IOException {
        socket.setSoTimeout(waitMillis);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
