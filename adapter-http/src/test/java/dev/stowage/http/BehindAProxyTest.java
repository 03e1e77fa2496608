package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs in responses behind a proxy, and responses to unusual targets and paths. */
class BehindAProxyTest {

    private static final RunningService SERVICE =
            RunningService.over(new InMemoryStorage(), true, Set.of("https://app.example"));
    private static final String PROXY = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: files.example\r\n";
    private static final String PREFIX = PROXY + "X-Forwarded-Prefix: /stowage\r\n";
    private static final String TUS =
            "Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\nUpload-Metadata: key cmF3L3AvYQ==\r\n";

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void signedUrls_areThoseThatClientsSee() {
        assertThat(presign(PROXY)).contains("\"url\":\"https://files.example/api/v1/signed/raw/p/a?");
        assertThat(presign(PROXY + "X-Forwarded-Port: 8443\r\n")).contains("\"https://files.example:8443/api/");
        assertThat(presign("X-Forwarded-Proto: https\r\nX-Forwarded-Host: files.example:8443\r\n"))
                .contains("\"https://files.example:8443/api/");
        assertThat(presign(PREFIX)).contains("\"https://files.example/stowage/api/v1/signed/");
        assertThat(presign(PROXY + "X-Forwarded-Prefix: /a/b.c/\r\n"))
                .contains("\"https://files.example/a/b.c/api/v1/");
        assertThat(presign(PROXY + "X-Forwarded-Prefix: /a, /b\r\n")).contains("\"https://files.example/a/b/api/v1/");
        assertThat(presign("Forwarded: proto=https;host=\"files.example:1\"\r\nX-Forwarded-Prefix: /s\r\n"))
                .contains("\"https://files.example:1/s/api/v1/");
    }

    @Test
    void locations_areBelowThePath() {
        assertThat(send("POST /api/v1/tus", PREFIX + TUS, "")).contains("\r\nLocation: /stowage/api/v1/tus/");
        assertThat(send(
                        "POST /api/v1/resumable?key=raw/p/a",
                        PREFIX + "Upload-Complete: ?0\r\nContent-Length: 0\r\n",
                        ""))
                .contains("\r\nLocation: /stowage/api/v1/resumable/");
        assertThat(json("POST /api/v1/jobs", PREFIX, "{\"operation\":\"delete\",\"source\":{\"keys\":[\"raw/p/a\"]}}"))
                .contains("\r\nLocation: /stowage/api/v1/jobs/");
        assertThat(send("POST /api/v1/tus", PROXY + TUS, "")).contains("\r\nLocation: /api/v1/tus/");
    }

    @Test
    void pages_workBelowThePath() {
        assertThat(send("GET /openapi.json", PREFIX, "")).contains("\"servers\":[{\"url\":\"/stowage\"");
        assertThat(send("GET /openapi.json", PROXY, "")).contains("\"servers\":[{\"url\":\"/\"");
        for (String page : new String[] {"/docs", "/redoc"}) {
            assertThat(send("GET " + page, PREFIX, ""))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("=\"/")
                    .doesNotContain("http");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "stowage",
                "/a\"><script>",
                "/a'b",
                "/a?b",
                "/a#b",
                "/a//b",
                "/../b",
                "/a/..",
                "/.",
                "/a%0d%0ab",
                "/a b",
                "\\evil",
                "https://evil.example",
                "/a;b",
                "/a, //evil"
            })
    void pathThatIsNone_isIgnored(String prefix) {
        assertThat(presign(PROXY + "X-Forwarded-Prefix: " + prefix + "\r\n"))
                .contains("\"url\":\"https://files.example/api/v1/signed/raw/p/a?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/x", "a\"b", "a<b", "user@evil.example", "//evil", "a b", "a\\b", "a:b"})
    void hostThatIsNone_isNotInUrls(String host) {
        assertThat(presign("X-Forwarded-Proto: https\r\nX-Forwarded-Host: " + host + "\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void targetInAbsoluteForm_isAnswered_asItsHost() {
        assertThat(json("POST http://other.example:81/api/v1/s3/presigned-url/download", "", "{\"key\":\"raw/p/a\"}"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"url\":\"http://other.example:81/api/v1/signed/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%00", "%zz", "%", "%2", "%c0%ae", "a%0ab"})
    void pathThatCantBeDecoded_isAnswered_forPagesToo(String segment) {
        String answer = send("GET /api/v1/s3/download/raw/p/" + segment, "Origin: https://app.example\r\n", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsPattern("\r\nAccess-Control-Allow-Origin: (\\*|https://app.example)\r\n")
                .contains("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, chunked",
                "gzip,chunked",
                "GZIP, Chunked",
                "deflate, chunked",
                "x-gzip, chunked",
                "identity, chunked"
            })
    void bodyInAnotherTransferCoding_isNotSupported_andNotStored(String coding) {
        String body = "5\r\nhello\r\n0\r\n\r\n";

        assertThat(send("PUT /api/v1/s3/raw/p/coded", "Transfer-Encoding: " + coding + "\r\n", body))
                .startsWith("HTTP/1.1 501 ")
                .contains("\"error\":\"NotSupported\"");
        assertThat(send(
                        "PUT /api/v1/s3/raw/p/coded",
                        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
                        body))
                .startsWith("HTTP/1.1 501 ");
        assertThat(send("GET /api/v1/s3/metadata/raw/p/coded", "", "")).startsWith("HTTP/1.1 404 ");
        assertThat(send("PUT /api/v1/s3/raw/p/plain", "Transfer-Encoding: CHUNKED\r\n", body))
                .startsWith("HTTP/1.1 201 ");
        SERVICE.send("DELETE", "/api/v1/s3/raw/p/plain");
    }

    private static String presign(String fields) {
        return json("POST /api/v1/s3/presigned-url/download", fields, "{\"key\":\"raw/p/a\"}");
    }

    private static String json(String line, String fields, String body) {
        return send(line, fields + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
    }

    private static String send(String line, String fields, String body) {
        return RawRequest.send(
                SERVICE.port(),
                line + " HTTP/1.1\r\nHost: localhost:9\r\nConnection: close\r\n" + fields + "\r\n" + body);
    }
}
