package dev.stowage.http.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dead connections that were not detected: the next request does not wait for them. */
@Timeout(15)
class TusTakeoverTest {

    private static final int TIMEOUT = (int) Duration.ofSeconds(10).toMillis();

    private final RunningService service = RunningService.over(new InMemoryStorage());
    private final TusClient tus = new TusClient(service);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void head_cutsADeadConnection_andTellsWhatItBrought() throws IOException {
        String url = tus.begin(10);
        try (Socket dead = stalled(url, "abcd")) {
            int offset = Integer.parseInt(TusClient.header(tus.head(url), "Upload-Offset"));

            assertThat(offset).as("as far as it was read by then").isBetween(0, 4);
            assertThat(dead.getInputStream().read())
                    .as("the connection is closed")
                    .isEqualTo(-1);
            assertThat(tus.patch(url, offset, "abcdefghij".substring(offset)).statusCode())
                    .isEqualTo(204);
            assertThat(tus.download(TusClient.KEY)).isEqualTo("abcdefghij");
        }
    }

    @Test
    void patch_takesOverFromADeadConnection() throws IOException {
        String url = tus.begin(10);
        try (Socket dead = stalled(url, "")) {
            assertThat(tus.patch(url, 0, "abcdefghij").statusCode()).isEqualTo(204);

            assertThat(dead.getInputStream().read()).isEqualTo(-1);
            assertThat(RunningService.text(service.get("/metrics")))
                    .contains("stowage_resumable_takeovers_total{protocol=\"tus\"} 1.0");
            assertThat(tus.download(TusClient.KEY)).isEqualTo("abcdefghij");
        }
    }

    @Test
    void delete_endsAConnectionThatSends() throws IOException {
        String url = tus.begin(10);
        try (Socket dead = stalled(url, "abcd")) {
            assertThat(tus.send("DELETE", url, "").statusCode()).isEqualTo(204);
            assertThat(dead.getInputStream().read()).isEqualTo(-1);
            assertThat(tus.head(url).statusCode()).isEqualTo(404);
        }
    }

    /** Starts a request that has sent a part of its body and then stalls; the service is reading the body when this returns. */
    private Socket stalled(String url, String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(TIMEOUT);
        socket.setTcpNoDelay(true);
        write(
                socket,
                "PATCH " + url + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                        + "Content-Type: application/offset+octet-stream\r\nContent-Length: 10\r\n"
                        + "Expect: 100-continue\r\n\r\n");
        byte[] leave = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
        assertThat(new String(leave, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
        write(socket, bytes);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
