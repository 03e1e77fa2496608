package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that end early or have invalid framing, from clients that still wait for a response. */
final class BrokenRequestTest {

    private static final RunningService SERVICE = RunningService.over(new InMemoryStorage());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/v1/s3/copy, application/json",
        "POST /api/v1/s3/delete/batch, application/json",
        "POST /api/v1/s3/multipart/complete, application/x-www-form-urlencoded",
        "POST /api/v1/s3/multipart/complete, multipart/form-data;boundary=b",
        "POST /api/v1/s3/upload, multipart/form-data;boundary=b",
        "POST /api/v1/s3/upload/batch, multipart/form-data;boundary=b",
        "PUT /api/v1/s3/raw/demo/a, text/plain"
    })
    void brokenBody_isNeverASuccess(String request, String type) {
        String head = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type + "\r\n";

        String cut = RawRequest.send(SERVICE.port(), head + "Content-Length: 100\r\n\r\n{\"keys\"");
        String malformed = RawRequest.send(SERVICE.port(), head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");

        assertThat(cut).startsWith("HTTP/1.1 400 ").contains("InvalidRequest");
        assertThat(malformed).startsWith("HTTP/1.1 400 ").contains("InvalidRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"keys\": ", "{\"keys\": [\"a"})
    void brokenBody_isAnswered_inTheOneShape(String part) {
        String cut = RawRequest.send(
                SERVICE.port(),
                "POST /api/v1/s3/delete/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
                        + part);
        assertThat(cut).contains("could not be read to its end").contains("request_id");
    }
}
