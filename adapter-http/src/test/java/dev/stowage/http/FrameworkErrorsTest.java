package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameworkErrorsTest {

    private static final String END = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.over(new InMemoryStorage());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void unknownPath_isNotFound_inTheOneShape() {
        HttpResponse<byte[]> response = service.get("/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(RunningService.text(response))
                .contains("\"error\":\"NotFound\"")
                .contains("\"request_id\":\""
                        + response.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void wrongMethod_isNotAllowed_withThoseThatAre() {
        HttpResponse<byte[]> response = service.send("PATCH", "/api/v1/s3/copy");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow.split(", ")).contains("POST"));
        assertThat(RunningService.text(response)).contains("\"error\":\"MethodNotAllowed\"");
    }

    @Test
    void methodOverride_isIgnored() {
        HttpResponse<byte[]> response =
                service.send(service.request("/api/v1/s3/list").header("X-HTTP-Method-Override", "DELETE"));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void errorsOfHeadRequests_haveNoBody() {
        HttpResponse<byte[]> response = service.send("HEAD", "/api/v1/s3/metadata/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a/../b                      | dot_segment
            %2e%2e/b                    | dot_segment
            ../../../../../../etc/x     | path
            .                           | dot_segment
            a//..//b                    | dot_segment
            %00                         | path
            %01                         | control_character
            %zz                         | path
            a%                          | path
            %c3%28                      | encoding
            """)
    void brokenKeys_reachTheKeyCheck_ofEveryRoute(String key, String reason) {
        for (String route : new String[] {"GET /api/v1/s3/download/", "GET /api/v1/s3/metadata/", "PUT /api/v1/s3/"}) {
            String answer = RawRequest.send(service.port(), route + key + END + "Content-Length: 0\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"error\":\"InvalidKey\"")
                    .contains("\"reason\":\"" + reason + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONSENSE                            | 400
            \\u0016\\u0003\\u0001               | 400
            GET /api/v1/s3/list HTTP/3.0        | 505
            GET /api/v1/s3/list                 | 505
            """)
    void whatIsNoHttp_isRefused_inTheOneShape(String line, int status) {
        String answer = RawRequest.send(service.port(), line + "\r\nHost: x\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("X-Request-Id: ")
                .contains("{\"error\":\"InvalidRequest\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: abc\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n",
                "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: -1\r\n",
                "Transfer-Encoding: gzip\r\n",
                "Broken : x\r\n",
                "A: \u0000\r\n"
            })
    void brokenFraming_isRefused_inTheOneShape(String header) {
        String answer = RawRequest.send(service.port(), "PUT /api/v1/s3/raw/p/a" + END + header + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close\r\n")
                .contains("{\"error\":\"InvalidRequest\"");
    }

    /**
     * The response is sent before the header fields and the body are read; without {@code Connection: close} the client would lose its next
     * request.
     */
    @Test
    void pathThatTheServerCannotRead_endsTheConnection_andSaysSo() {
        String answer =
                RawRequest.send(service.port(), "PUT /api/v1/s3/raw/p/a%00b" + END + "Content-Length: 3\r\n\r\nabc");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close\r\n")
                .contains("{\"error\":\"InvalidKey\"");
    }

    @Test
    void headersThatAreTooLarge_are431_andUris414() {
        String filler = "a".repeat(40_000);

        assertThat(RawRequest.send(service.port(), "GET /api/v1/s3/list" + END + "X: " + filler + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("{\"error\":\"InvalidRequest\"");
        assertThat(RawRequest.send(service.port(), "GET /api/v1/s3/list?" + filler + END + "\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("{\"error\":\"InvalidRequest\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix=%zz", "prefix=%c3%28", "max_keys=0", "max_keys=1001", "max_keys=x", "prefix=../"})
    void brokenQueries_are400(String query) {
        String answer = RawRequest.send(service.port(), "GET /api/v1/s3/list?" + query + END + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void unknownQueryParameters_areIgnored() {
        assertThat(service.get("/api/v1/s3/list?nonsense=1&").statusCode()).isEqualTo(200);
    }

    @Test
    void serverDoesNotNameItself() {
        assertThat(service.get("/api/v1/s3/list").headers().firstValue("Server"))
                .isEmpty();
    }
}
