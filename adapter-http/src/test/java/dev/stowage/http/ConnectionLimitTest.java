package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit of twenty connections. */
@Timeout(60)
final class ConnectionLimitTest {

    private static final int TOTAL = 20;
    private static final Limits LIMITS =
            new Limits(0, 0, 0, TransferLimit.NONE, 0, Duration.ofSeconds(10), new ConnectionLimit(TOTAL, 2));

    private final RunningService service =
            RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), LIMITS);
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        service.close();
    }

    @Test
    void idleConnections_giveWayToNewOnes_theLongestIdleFirst() throws Exception {
        open(3 * TOTAL);

        assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
        awaitEnd(sockets.get(0));
        assertThat(isOpen(sockets.get(sockets.size() - 1))).isTrue();
        assertThat(RunningService.text(service.get("/metrics")))
                .containsPattern("stowage_connections \\d")
                .contains("stowage_connections_max " + TOTAL);
    }

    @Test
    void connectionWithARunningRequest_staysOpen() throws Exception {
        Socket upload = open(1).get(0);
        write(
                upload,
                "PUT /api/v1/s3/raw/p/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        // Until the service reads the body, the connection counts as idle.
        RawRequest.awaitContinue(upload);
        write(upload, "1");

        open(3 * TOTAL);
        write(upload, "2");

        assertThat(new String(upload.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 201 ");
    }

    private List<Socket> open(int count) throws Exception {
        List<Socket> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(RawRequest.open(service.port()));
            // So that their idle times differ.
            Thread.sleep(5);
        }
        sockets.addAll(opened);
        return opened;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void awaitEnd(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static boolean isOpen(Socket socket) throws IOException {
        write(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return socket.getInputStream().read() == 'H';
    }
}
