package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.port.Capability;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String API = "/api/v1/s3/multipart";

    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), RunningService.CLOCK);
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void upload_fromBeginningToEnd() {
        HttpResponse<byte[]> created = service.postJson(
                API + "/create",
                "{\"key\":\"raw/p/a\",\"content_type\":\"text/plain\",\"metadata\":{\"author\":\"Ada\"}}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(RunningService.text(created))
                .contains("\"key\":\"raw/p/a\",\"expires_at\":\"2025-12-01T12:00:00Z\",\"part_size\":8388608}");
        String id = field(created, "upload_id");

        HttpResponse<byte[]> second = put(id, 2, "world");
        assertThat(second.statusCode()).isEqualTo(200);
        String tag = field(second, "etag");
        assertThat(RunningService.text(second)).isEqualTo("{\"part_number\":2,\"etag\":\"" + tag + "\"}");
        assertThat(second.headers().firstValue("ETag")).hasValue("\"" + tag + "\"");
        String firstTag = field(put(id, 1, "hello "), "etag");

        assertThat(RunningService.text(service.get(API + "/status?" + query(id))))
                .isEqualTo(
                        "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\",\"state\":\"open\",\"parts\":2,\"bytes\":11,"
                                + "\"initiated\":\"2025-11-30T12:00:00Z\",\"last_activity\":\"2025-11-30T12:00:00Z\","
                                + "\"expires_at\":\"2025-12-01T12:00:00Z\"}");
        assertThat(RunningService.text(service.get(API + "/list?prefix=raw/")))
                .isEqualTo("{\"uploads\":[{\"key\":\"raw/p/a\",\"upload_id\":\"" + id
                        + "\",\"initiated\":\"2025-11-30T12:00:00Z\",\"expires_at\":\"2025-12-01T12:00:00Z\","
                        + "\"parts\":2,\"bytes\":11}],\"next_continuation_token\":null}");

        String complete = "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\",\"parts\":[{\"part_number\":1,\"etag\":\""
                + firstTag + "\"},{\"part_number\":2,\"etag\":\"\\\"" + tag + "\\\"\"}]}";
        HttpResponse<byte[]> completed = service.postJson(API + "/complete", complete);
        assertThat(completed.statusCode()).isEqualTo(200);
        assertThat(RunningService.text(completed))
                .startsWith("{\"key\":\"raw/p/a\",\"bucket\":\"memory\",\"etag\":")
                .endsWith("\"size\":11}");
        assertThat(RunningService.text(service.postJson(API + "/complete", complete)))
                .isEqualTo(RunningService.text(completed));
        HttpResponse<byte[]> download = service.get("/api/v1/s3/download/raw/p/a");
        assertThat(RunningService.text(download)).isEqualTo("hello world");
        assertThat(download.headers().firstValue("X-Meta-author")).hasValue("Ada");
        assertThat(RunningService.text(service.get(API + "/status?" + query(id))))
                .contains("\"state\":\"completed\",\"parts\":2,\"bytes\":11,", "\"expires_at\":null");
    }

    @Test
    void listParts_pages() {
        String id = create();
        for (int number = 1; number <= 3; number++) {
            put(id, number, "part");
        }

        assertThat(RunningService.text(service.get(API + "/list-parts?max_parts=2&" + query(id))))
                .contains("\"part_number\":2,\"size\":4,")
                .doesNotContain("\"part_number\":3")
                .endsWith("\"next_part_number_marker\":2}");
        assertThat(RunningService.text(service.get(API + "/list-parts?part_number_marker=2&" + query(id))))
                .startsWith("{\"parts\":[{\"part_number\":3,")
                .endsWith("\"next_part_number_marker\":null}");
    }

    @Test
    void completeWithoutParts_takesAllThereAre() {
        String id = create();
        put(id, 3, "b");
        put(id, 1, "a");

        assertThat(RunningService.text(
                        service.postJson(API + "/complete", "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\"}")))
                .contains("\"size\":2");
    }

    @Test
    void abort_is204_andThen404() {
        String id = create();

        assertThat(service.send("DELETE", API + "/abort?" + query(id)).statusCode())
                .isEqualTo(204);
        assertThat(service.send("DELETE", API + "/abort?" + query(id)).statusCode())
                .isEqualTo(404);
        assertThat(RunningService.text(put(id, 1, "x"))).contains("\"error\":\"UploadNotFound\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1"})
    void partNumbersOutOfBounds_areRefused(String number) {
        assertThat(RunningService.text(
                        service.send(service.request(API + "/upload-part?part_number=" + number + "&" + query(create()))
                                .PUT(BodyPublishers.ofString("x")))))
                .contains("\"error\":\"InvalidPartNumber\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload-part?upload_id=x&part_number=1",
                "upload-part?key=raw/p/a&part_number=1",
                "upload-part?key=raw/p/a&upload_id=x",
                "upload-part?key=raw/p/a&upload_id=x&part_number=one"
            })
    void missingParameters_are400_andNotAKey(String path) {
        HttpResponse<byte[]> response =
                service.send(service.request(API + "/" + path).PUT(BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response)).contains("\"error\":\"InvalidRequest\"", "\"field\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"part_number":2,"etag":"b"},{"part_number":1,"etag":"a"}] | InvalidPartOrder
            [{"part_number":1,"etag":"nope"}]                           | InvalidPart
            [{"part_number":0,"etag":"a"}]                              | InvalidPartNumber
            [{"part_number":1}]                                         | InvalidRequest
            [{"part_number":1.5,"etag":"a"}]                            | InvalidRequest
            [{"part_number":99999999999,"etag":"a"}]                    | InvalidPartNumber
            [null]                                                      | InvalidRequest
            []                                                          | InvalidRequest
            """)
    void wrongParts_areRefused(String parts, String error) {
        String id = create();
        put(id, 1, "a");
        put(id, 2, "b");

        HttpResponse<byte[]> response = service.postJson(
                API + "/complete", "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\",\"parts\":" + parts + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response)).contains("\"error\":\"" + error + "\"");
    }

    @Test
    void tooManyParts_areNamedSo() {
        String parts = "{\"part_number\":1,\"etag\":\"a\"},".repeat(10_000) + "{\"part_number\":1,\"etag\":\"a\"}";

        assertThat(RunningService.text(service.postJson(
                        API + "/complete", "{\"key\":\"raw/p/a\",\"upload_id\":\"x\",\"parts\":[" + parts + "]}")))
                .contains("\"error\":\"TooManyParts\"");
    }

    @Test
    void digestOfAPart_isVerified() {
        HttpResponse<byte[]> response =
                service.send(service.request(API + "/upload-part?part_number=1&" + query(create()))
                        .header("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")
                        .PUT(BodyPublishers.ofString("x")));

        assertThat(RunningService.text(response)).contains("\"error\":\"ChecksumMismatch\"");
    }

    private String create() {
        return field(service.postJson(API + "/create", "{\"key\":\"raw/p/a\"}"), "upload_id");
    }

    private HttpResponse<byte[]> put(String id, int number, String body) {
        return service.send(service.request(API + "/upload-part?part_number=" + number + "&" + query(id))
                .PUT(BodyPublishers.ofString(body)));
    }

    private static String query(String id) {
        return "key=raw/p/a&upload_id=" + id;
    }

    private static String field(HttpResponse<byte[]> response, String name) {
        return RunningService.text(response).replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }
}
