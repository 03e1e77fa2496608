package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of tus clients that differ from the protocol. */
class TusRequestsTest {

    private static final String CREATION = "Tus-Resumable: 1.0.0\r\nUpload-Metadata: key cmF3L3AvYQ==\r\n";

    private final RunningService service = RunningService.over(new InMemoryStorage());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void finalSlash_isTheSamePath() {
        HttpResponse<byte[]> created = service.send(service.request("/api/v1/tus/?a=b")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "5")
                .header("Upload-Metadata", "key cmF3L3AvYQ==")
                .POST(BodyPublishers.noBody()));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElseThrow()).matches("/api/v1/tus/[0-9a-f]{32}");
        HttpResponse<byte[]> options = service.send("OPTIONS", "/api/v1/tus/");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Tus-Version")).hasValue("1.0.0");
        assertThat(service.send("POST", "/api/v1/tus//").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Content-Type: application/json\r\n", "Content-Type: application/offset+octet-stream\r\n"})
    void emptyChunkedCreation_isAnEmptyOne(String type) {
        assertThat(send(CREATION + "Upload-Length: 5\r\n" + type + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"))
                .startsWith("HTTP/1.1 201 ")
                .contains("Upload-Offset: 0");
    }

    @Test
    void chunkedCreation_withBytesOfAnotherType_is415() {
        assertThat(send(CREATION + "Upload-Length: 5\r\nTransfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 415 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upload-Length: 5\r\nUpload-Length: 6\r\n",
                "Upload-Length: 5\r\nUpload-Metadata: key cmF3L3AvYg==\r\n",
                "Upload-Concat: partial\r\nUpload-Concat: final;/a\r\n"
            })
    void fieldThatIsThereTwice_is400(String fields) {
        assertThat(send(CREATION + fields, "")).startsWith("HTTP/1.1 400 ").contains("more than once");
    }

    private String send(String fields, String body) {
        return RawRequest.send(
                service.port(),
                "POST /api/v1/tus HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n" + body);
    }
}
