package dev.stowage.http.form;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.Page;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts and completions by forms. */
final class MultipartFormsTest {

    private static final InMemoryStorage STORAGE = new InMemoryStorage();
    private static final RunningService SERVICE = RunningService.over(STORAGE);
    private static final ObjectKey KEY = new ObjectKey("raw/demo/ä.bin");

    private UploadId upload = new UploadId("none");

    @BeforeEach
    void begin() {
        HttpResponse<byte[]> created =
                SERVICE.postJson("/api/v1/s3/multipart/create", "{\"key\": \"" + KEY.value() + "\"}");
        upload = new UploadId(text(created).replaceAll(".*\"upload_id\":\"([^\"]+)\".*", "$1"));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void part_isStored_whereverItsFieldsStand() {
        HttpResponse<byte[]> first =
                part(fields("1").file("file", new byte[100]).end());
        HttpResponse<byte[]> last = part(new FormBody()
                .file("file", new byte[200])
                .field("part_number", "2")
                .field("upload_id", upload.value())
                .field("key", KEY.value())
                .end());

        assertThat(first.statusCode()).as(text(first)).isEqualTo(200);
        assertThat(last.statusCode()).as(text(last)).isEqualTo(200);
        assertThat(parts().items()).extracting(info -> info.size()).containsExactly(100L, 200L);
        assertThat(text(first))
                .isEqualTo("{\"part_number\":1,\"etag\":\""
                        + parts().items().get(0).etag().value() + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "x", "", "99999999999"})
    void part_withAWrongNumber_isRefused(String number) {
        HttpResponse<byte[]> answer =
                part(fields(number).file("file", new byte[1]).end());
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
        boolean integer = number.matches("[0-9]+");
        assertThat(text(answer)).contains("part_number", integer ? "InvalidPartNumber" : "InvalidRequest");
    }

    @Test
    void part_withACondition_isRefused() {
        String conditional = "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nIf-None-Match: *\r\n";

        HttpResponse<byte[]> answer =
                part(fields("1").part(conditional, new byte[1]).end());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("If-None-Match is not supported");
        assertThat(parts().items()).isEmpty();
    }

    @Test
    void part_ofAWrongForm_storesNothing() {
        assertThat(part(fields("1").end()).statusCode()).isEqualTo(400);
        assertThat(part(fields("1").file("file", new byte[1]).cut()).statusCode())
                .isEqualTo(400);
        assertThat(part(fields("1")
                                .file("file", new byte[1])
                                .file("file", new byte[1])
                                .end())
                        .statusCode())
                .isEqualTo(400);
        assertThat(part(new FormBody()
                                .file("file", new byte[1])
                                .field("key", "k")
                                .end())
                        .statusCode())
                .isEqualTo(400);
        assertThat(parts().items()).isEmpty();
    }

    @Test
    void part_ofAnUnknownUpload_isNotFound() {
        upload = new UploadId("nothing");
        HttpResponse<byte[]> answer = part(fields("1").file("file", new byte[1]).end());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer)).contains("UploadNotFound");
    }

    @Test
    void completion_takesPartsFromAForm_andFromAnUrlencodedOne() {
        part(fields("1").file("file", new byte[100]).end());
        part(fields("7").file("file", new byte[50]).end());
        String etag = parts().items().get(1).etag().value();
        String json = "[{\"part_number\": 7, \"etag\": \"" + etag + "\"}]";

        HttpResponse<byte[]> form = complete(
                new FormBody().contentType(),
                new FormBody()
                        .field("key", KEY.value())
                        .field("upload_id", upload.value())
                        .field("parts_json", json)
                        .end());
        HttpResponse<byte[]> again = complete("application/x-www-form-urlencoded", urlencoded(json));

        assertThat(form.statusCode()).as(text(form)).isEqualTo(200);
        assertThat(text(form))
                .startsWith("{\"key\":\"raw/demo/ä.bin\",\"bucket\":\"memory\"")
                .contains("\"size\":50}");
        assertThat(again.statusCode()).as(text(again)).isEqualTo(200);
        assertThat(again.body()).isEqualTo(form.body());
    }

    @Test
    void completion_withoutParts_takesAll() {
        part(fields("1").file("file", new byte[100]).end());
        HttpResponse<byte[]> answer = complete(
                new FormBody().contentType(),
                new FormBody()
                        .field("key", KEY.value())
                        .field("upload_id", upload.value())
                        .end());
        assertThat(text(answer)).contains("\"size\":100}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[",
                "[1]",
                "[null]",
                "[{}]",
                "[{\"part_number\":\"1\",\"etag\":\"x\"}]",
                "[{\"part_number\":1,\"etag\":\"x\",\"more\":1}]",
                "[] []"
            })
    void completion_withWrongParts_isRefused(String json) {
        HttpResponse<byte[]> answer = complete("application/x-www-form-urlencoded; charset=utf-8", urlencoded(json));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
        assertThat(text(answer)).contains("\"field\":\"parts");
    }

    @Test
    void completion_ofAMalformedForm_isRefused() {
        assertThat(complete("application/x-www-form-urlencoded", "key=%zz").statusCode())
                .isEqualTo(400);
        assertThat(complete("application/x-www-form-urlencoded", "key=a&key=b").statusCode())
                .isEqualTo(400);
        assertThat(complete("application/x-www-form-urlencoded", "&&=&").statusCode())
                .isEqualTo(400);
        assertThat(complete("application/x-www-form-urlencoded", "").statusCode())
                .isEqualTo(400);
        assertThat(complete("application/x-www-form-urlencoded", "x".repeat(5 << 20))
                        .statusCode())
                .isEqualTo(400);
    }

    private FormBody fields(String number) {
        return new FormBody()
                .field("key", KEY.value())
                .field("upload_id", upload.value())
                .field("part_number", number);
    }

    private Page<PartInfo, PartNumber> parts() {
        return STORAGE.uploads().listParts(KEY, upload, 1000, Optional.empty());
    }

    private String urlencoded(String json) {
        return "key=" + encode(KEY.value()) + "&upload_id=" + encode(upload.value()) + "&parts_json=" + encode(json);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> part(byte[] form) {
        return SERVICE.send(SERVICE.request("/api/v1/s3/multipart/upload-part")
                .header("Content-Type", new FormBody().contentType())
                .PUT(BodyPublishers.ofByteArray(form)));
    }

    private static HttpResponse<byte[]> complete(String type, String form) {
        return complete(type, form.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> complete(String type, byte[] form) {
        return SERVICE.send(SERVICE.request("/api/v1/s3/multipart/complete")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(form)));
    }
}
