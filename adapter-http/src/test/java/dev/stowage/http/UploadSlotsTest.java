package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.http.access.RequestAuthenticator;
import dev.stowage.http.limit.ConnectionLimit;
import dev.stowage.http.limit.Limits;
import dev.stowage.http.limit.TransferLimit;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit of one concurrent upload. */
@Timeout(30)
class UploadSlotsTest {

    private static final Limits LIMITS =
            new Limits(0, 0, 1, TransferLimit.NONE, 0, Duration.ofSeconds(10), ConnectionLimit.NONE);

    private final RunningService service =
            RunningService.over(new InMemoryStorage(), RequestAuthenticator.open(), LIMITS);

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/s3/raw/p/b",
        "POST, /api/v1/s3/upload",
        "POST, /api/v1/s3/upload/batch",
        "PUT, /api/v1/s3/multipart/upload-part",
        "PUT, /api/v1/signed/raw/p/b"
    })
    void uploadBesideAnother_is429(String method, String path) throws IOException {
        try (Socket under = begin()) {
            HttpResponse<byte[]> refused =
                    service.send(service.request(path).method(method, BodyPublishers.ofString("b")));

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(RunningService.text(refused)).contains("\"error\":\"TooManyRequests\"");
            assertThat(service.get("/api/v1/s3/list").statusCode()).isEqualTo(200);
            assertThat(end(under)).contains(" 201 ");
        }
        assertThat(put()).isEqualTo(201);
    }

    @Test
    void uploadsOneAfterTheOther_areNeverRefused() {
        for (int i = 0; i < 200; i++) {
            assertThat(put()).isIn(200, 201);
        }
    }

    @Test
    void uploadThatFails_givesItsSlotBack() {
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> failed =
                    service.send(service.request("/api/v1/s3/raw/p/a//b").PUT(BodyPublishers.ofString("b")));
            assertThat(failed.statusCode()).isEqualTo(400);
        }

        assertThat(put()).isEqualTo(201);
    }

    @Test
    void clientThatVanishes_givesItsSlotBack() throws IOException {
        begin().close();

        // The server notices with its next read.
        int status = put();
        while (status == 429) {
            status = put();
        }
        assertThat(status).isEqualTo(201);
    }

    private int put() {
        return service.send(service.request("/api/v1/s3/raw/p/c").PUT(BodyPublishers.ofString("b")))
                .statusCode();
    }

    /** Starts an upload of one byte, which the service is reading when this returns. */
    private Socket begin() throws IOException {
        Socket socket = RawRequest.open(service.port());
        String head = "PUT /api/v1/s3/raw/p/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(line(socket)).contains(" 100 ");
        return socket;
    }

    private static String end(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        // The rest of the interim response is an empty line.
        return line(socket) + line(socket);
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
