package dev.stowage.http.ietf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.port.Capability;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every MUST of draft-ietf-httpbis-resumable-upload for servers, one line each, in the words of interop versions 6 and 8, which require the
 * same of the fields used here.
 */
final class DraftConformanceTest {

    private static final String BASE = "/api/v1/resumable";
    private static final String NOWHERE = BASE + "/00000000000000000000000000000000";

    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), RunningService.CLOCK);
    private final RunningService service = RunningService.over(storage);
    private final Map<String, Check> musts = new LinkedHashMap<>();

    private interface Check {
        void run(String version);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> server() {
        creation();
        offsets();
        appending();
        sizes();
        return Stream.of("6", "8")
                .flatMap(version -> musts.entrySet().stream()
                        .map(must -> DynamicTest.dynamicTest(
                                version + ": " + must.getKey(),
                                () -> must.getValue().run(version))));
    }

    private void creation() {
        must("OPTIONS of the creation route returns the limits", version -> {
            HttpResponse<byte[]> answer = send(version, "OPTIONS", BASE, "");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertHas(answer, "Upload-Limit", "max-size=5497558138880, max-age=86400");
        });
        must("an upload without its end is 201 with Location and limits, and not complete", version -> {
            HttpResponse<byte[]> answer = create(version, "one", "abc", "Upload-Complete", "?0");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(header(answer, "Location")).startsWith(BASE + "/");
            assertHas(answer, "Upload-Complete", "?0");
            assertHas(answer, "Upload-Offset", "3");
            assertThat(header(answer, "Upload-Limit")).contains("max-size=");
            assertThat(exists("one")).isFalse();
        });
        must("an upload with all its bytes is complete", version -> {
            HttpResponse<byte[]> answer = create(version, "two", "abc", "Upload-Complete", "?1");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertHas(answer, "Upload-Complete", "?1");
            assertThat(download("two")).isEqualTo("abc");
        });
        must("unsupported versions are refused, and nothing is stored", version -> {
            for (String other : new String[] {"3", "5", "7", "99", "", "8.0"}) {
                HttpResponse<byte[]> answer = create(other, "three", "abc", "Upload-Complete", "?1");
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(RunningService.text(answer)).contains("6 and 8");
                assertHas(answer, "Upload-Complete", "?0");
            }
            assertThat(exists("three")).isFalse();
        });
        must("a creation without Upload-Complete is refused", version -> {
            for (String complete : new String[] {"?2", "1", "true", "?1, ?0"}) {
                assertThat(create(version, "three", "abc", "Upload-Complete", complete)
                                .statusCode())
                        .isEqualTo(400);
            }
            assertThat(create(version, "three", "abc").statusCode()).isEqualTo(400);
            assertThat(create(version, "three", "abc", "Upload-Incomplete", "?1", "Upload-Complete", "?1")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(exists("three")).isFalse();
        });
        must("no route that takes whole files stores a part of a file as the file", version -> {
            for (String[] field : new String[][] {
                {"Upload-Complete", "?0"},
                {"Upload-Complete", "yes"},
                {"Upload-Incomplete", "?1"},
                {"Upload-Draft-Interop-Version", "3"},
                {"Upload-Draft-Interop-Version", version}
            }) {
                HttpResponse<byte[]> answer = service.send(service.request("/api/v1/s3/raw/p/three")
                        .header(field[0], field[1])
                        .PUT(BodyPublishers.ofString("abc")));
                assertThat(answer.statusCode()).as(field[0]).isEqualTo(400);
            }
            assertThat(exists("three")).isFalse();
            assertThat(send(version, "PUT", "/api/v1/s3/raw/p/whole", "abc", "Upload-Complete", "?1")
                            .statusCode())
                    .isIn(200, 201);
        });
        must("fields of the wrong type are ignored", version -> {
            HttpResponse<byte[]> answer =
                    create(version, "four", "abc", "Upload-Complete", "?0", "Upload-Length", "many");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertHas(head(version, header(answer, "Location")), "Upload-Length", "");
        });
    }

    private void offsets() {
        must("HEAD has offset, completeness, length if it is known, limits, and no-store", version -> {
            String url = begin(version, "five", "Upload-Length", "9");
            HttpResponse<byte[]> answer = head(version, url);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertHas(answer, "Upload-Offset", "0");
            assertHas(answer, "Upload-Complete", "?0");
            assertHas(answer, "Upload-Length", "9");
            assertHas(answer, "Cache-Control", "no-store");
            assertThat(header(answer, "Upload-Limit")).contains("max-age=86400");
        });
        must("HEAD and DELETE of an unknown upload are 404", version -> {
            assertThat(head(version, NOWHERE).statusCode()).isEqualTo(404);
            assertThat(send(version, "DELETE", NOWHERE, "").statusCode()).isEqualTo(404);
        });
        must("DELETE is 204, and the upload is gone", version -> {
            String url = begin(version, "six");
            assertThat(send(version, "DELETE", url, "").statusCode()).isEqualTo(204);
            assertThat(head(version, url).statusCode()).isEqualTo(404);
            assertThat(append(version, url, 0, "a", "?1").statusCode()).isEqualTo(404);
        });
    }

    private void appending() {
        must("appended bytes are acknowledged by 2xx with Upload-Complete: ?0, and the last ones complete", version -> {
            String url = begin(version, "seven");
            HttpResponse<byte[]> first = append(version, url, 0, "abc", "?0");
            assertThat(first.statusCode()).isEqualTo(204);
            assertHas(first, "Upload-Complete", "?0");
            assertHas(first, "Upload-Offset", "3");
            HttpResponse<byte[]> last = append(version, url, 3, "de", "?1");
            assertThat(last.statusCode()).isEqualTo(200);
            assertHas(last, "Upload-Complete", "?1");
            assertThat(download("seven")).isEqualTo("abcde");
            assertHas(head(version, url), "Upload-Complete", "?1");
        });
        must("an empty body can complete the upload", version -> {
            String url = begin(version, "eight");
            append(version, url, 0, "abc", "?0");
            assertHas(append(version, url, 3, "", "?1"), "Upload-Complete", "?1");
            assertThat(download("eight")).isEqualTo("abc");
        });
        must("another offset is 409 with the right one, ?0, and a problem type", version -> {
            String url = begin(version, "nine");
            append(version, url, 0, "abc", "?0");
            HttpResponse<byte[]> answer = append(version, url, 1, "xyz", "?1");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertHas(answer, "Upload-Offset", "3");
            assertHas(answer, "Upload-Complete", "?0");
            assertHas(answer, "Content-Type", "application/problem+json");
            assertThat(RunningService.text(answer))
                    .contains(
                            "http-problem-types#mismatching-upload-offset",
                            "\"expected-offset\":3",
                            "\"provided-offset\":1");
            assertHas(head(version, url), "Upload-Offset", "3");
        });
        must("every error response has Upload-Complete: ?0", version -> {
            String url = begin(version, "ten");
            assertHas(append(version, url, 0, "a", "yes"), "Upload-Complete", "?0");
            assertHas(send(version, "PATCH", url, "a", "Content-Type", "text/plain"), "Upload-Complete", "?0");
            assertHas(append(version, NOWHERE, 0, "a", "?1"), "Upload-Complete", "?0");
        });
        must("a complete upload is not modified, and its last response can be fetched again", version -> {
            String url = begin(version, "eleven");
            append(version, url, 0, "abc", "?1");
            HttpResponse<byte[]> answer = append(version, url, 3, "d", "?1");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(RunningService.text(answer)).contains("#completed-upload");
            assertThat(append(version, url, 3, "", "?1").statusCode()).isEqualTo(200);
            assertThat(download("eleven")).isEqualTo("abc");
        });
        must("the offset never exceeds the length; exceeding it terminates the upload", version -> {
            String url = begin(version, "twelve", "Upload-Length", "3");
            assertThat(append(version, url, 0, "abcd", "?0").statusCode()).isEqualTo(413);
            assertThat(head(version, url).statusCode()).isEqualTo(404);
            assertThat(exists("twelve")).isFalse();
        });
    }

    private void sizes() {
        must("the length is recorded, from its field or from the last body", version -> {
            String url = begin(version, "thirteen");
            append(version, url, 0, "a", "?0", "Upload-Length", "3");
            assertHas(head(version, url), "Upload-Length", "3");
            assertThat(append(version, url, 1, "bc", "?1", "Upload-Length", "3").statusCode())
                    .isEqualTo(200);
        });
        must("lengths that differ are refused", version -> {
            HttpResponse<byte[]> answer =
                    create(version, "fourteen", "abc", "Upload-Complete", "?1", "Upload-Length", "4");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(RunningService.text(answer)).contains("#inconsistent-upload-length");
            String url = begin(version, "fifteen", "Upload-Length", "5");
            assertThat(append(version, url, 0, "abc", "?1").statusCode()).isEqualTo(400);
            assertThat(append(version, url, 0, "abc", "?0", "Upload-Length", "6")
                            .statusCode())
                    .isEqualTo(400);
        });
    }

    private void must(String rule, Check check) {
        musts.put(rule, check);
    }

    private String begin(String version, String name, String... fields) {
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "Upload-Complete";
        all[fields.length + 1] = "?0";
        return header(create(version, name, "", all), "Location");
    }

    private HttpResponse<byte[]> create(String version, String name, String body, String... fields) {
        return send(version, "POST", BASE + "?key=raw/p/" + name, body, fields);
    }

    private HttpResponse<byte[]> append(
            String version, String url, long offset, String body, String complete, String... more) {
        String[] fields = new String[more.length + 6];
        String[] usual = {
            "Content-Type",
            "application/partial-upload",
            "Upload-Offset",
            Long.toString(offset),
            "Upload-Complete",
            complete
        };
        System.arraycopy(usual, 0, fields, 0, usual.length);
        System.arraycopy(more, 0, fields, usual.length, more.length);
        return send(version, "PATCH", url, body, fields);
    }

    private HttpResponse<byte[]> head(String version, String url) {
        return send(version, "HEAD", url, "");
    }

    private HttpResponse<byte[]> send(String version, String method, String path, String body, String... fields) {
        HttpRequest.Builder request = service.request(path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Upload-Draft-Interop-Version", version);
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return service.send(request);
    }

    private String download(String name) {
        HttpResponse<byte[]> file = service.get("/api/v1/s3/download/raw/p/" + name);
        assertThat(file.statusCode()).isEqualTo(200);
        return RunningService.text(file);
    }

    private boolean exists(String name) {
        return service.send("HEAD", "/api/v1/s3/exists/raw/p/" + name).statusCode() == 200;
    }

    private static void assertHas(HttpResponse<byte[]> answer, String name, String value) {
        assertThat(header(answer, name)).as(name + " of " + answer).isEqualTo(value);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
