package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Content-Length} of responses without a body (RFC 9110, section 8.6): that of the 200 to a GET, or none. */
class AnswerLengthTest {

    private static final InMemoryStorage STORAGE = new InMemoryStorage();
    private static final RunningService SERVICE = RunningService.over(STORAGE);
    private static final String FILE = "/api/v1/s3/download/raw/p/a";

    @BeforeAll
    static void store() {
        STORAGE.objects().put(new ObjectKey("raw/p/a"), Content.of(new byte[12]), PutOptions.DEFAULT);
        STORAGE.objects().put(new ObjectKey("raw/p/empty"), Content.of(new byte[0]), PutOptions.DEFAULT);
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void notModified_tellsNoLength_orThatOfTheFile(String method) {
        String etag = SERVICE.get(FILE).headers().firstValue("ETag").orElseThrow();
        String modified =
                SERVICE.get(FILE).headers().firstValue("Last-Modified").orElseThrow();
        String document =
                SERVICE.get("/openapi.json").headers().firstValue("ETag").orElseThrow();

        for (String head : new String[] {
            send(method + " " + FILE, "If-None-Match: " + etag),
            send(method + " " + FILE, "If-None-Match: *"),
            send(method + " " + FILE, "If-Modified-Since: " + modified),
            send(method + " /openapi.json", "If-None-Match: " + document)
        }) {
            assertThat(head).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
            assertThat(length(head).orElse("12")).isEqualTo("12");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILE,
                "/api/v1/s3/download/raw/p/empty",
                "/api/v1/s3/metadata/raw/p/a",
                "/api/v1/s3/list",
                "/openapi.json",
                "/docs",
                "/redoc",
                "/docs/assets/swagger-ui.css",
                "/docs/assets/redoc-start.js",
                "/metrics",
                "/healthz",
                "/readyz",
                "/api/v1/jobs",
                "/api/v1/s3/multipart/list",
                "/nothing",
                "/api/v1/s3/download/raw/p/b"
            })
    void head_tellsNoLength_orThatOfTheBodyOfGet(String path) {
        String answer = send("HEAD " + path, "A: b");

        assertThat(answer).endsWith("\r\n\r\n");
        if (length(answer).isPresent()) {
            assertThat(Long.parseLong(length(answer).get()))
                    .as(answer)
                    .isEqualTo(SERVICE.get(path).body().length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/report?format=ndjson", "/report?format=csv", "/events", "/items", ""})
    void head_ofAJob_tellsNoLength_unlessItIsKnown(String path) {
        String job = RunningService.text(SERVICE.postJson(
                        "/api/v1/jobs", "{\"operation\":\"delete\",\"source\":{\"keys\":[\"raw/p/a\"]}}"))
                .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");

        String answer = send("HEAD /api/v1/jobs/" + job + path, "A: b");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(length(answer)).isNotEqualTo(Optional.of("0"));
    }

    @Test
    void head_ofAnEmptyFile_saysSo() {
        assertThat(length(send("HEAD /api/v1/s3/download/raw/p/empty", "A: b"))).hasValue("0");
    }

    private static String send(String line, String field) {
        return RawRequest.send(
                SERVICE.port(), line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + field + "\r\n\r\n");
    }

    private static Optional<String> length(String answer) {
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
