package dev.stowage.http;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes that are sent as headers, on all routes that accept or return them. */
final class AttributesTest {

    private static final Map<HeaderAttribute, String> ALL = Map.of(
            HeaderAttribute.CACHE_CONTROL, "private, max-age=60",
            HeaderAttribute.CONTENT_DISPOSITION, "inline; filename=\"x y.txt\"",
            HeaderAttribute.CONTENT_ENCODING, "gzip",
            HeaderAttribute.CONTENT_LANGUAGE, "de");
    private static final String KEY = "raw/p/a.txt";
    private static final String DOWNLOAD = "/api/v1/s3/download/" + KEY;

    private static final InMemoryStorage STORAGE = new InMemoryStorage();
    private static final RunningService SERVICE = RunningService.over(STORAGE);

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void put_keepsTheHeaders() {
        put(ALL);

        assertThat(stored().headers().values()).isEqualTo(ALL);
        assertThat(text(SERVICE.get("/api/v1/s3/metadata/" + KEY)))
                .contains("\"cache_control\":\"private, max-age=60\"")
                .contains("\"content_disposition\":\"inline; filename=\\\"x y.txt\\\"\"")
                .contains("\"content_encoding\":\"gzip\"")
                .contains("\"content_language\":\"de\"");
    }

    @Test
    void put_without_hasNone_andMetadataSaysNull() {
        put(Map.of());

        assertThat(stored().headers().values()).isEmpty();
        assertThat(text(SERVICE.get("/api/v1/s3/metadata/" + KEY)))
                .contains(
                        "\"cache_control\":null,\"content_disposition\":null,\"content_encoding\":null,\"content_language\":null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"aws-chunked|", "aws-chunked, gzip|gzip", "br|br", "x-Own|x-Own"})
    void put_withContentEncoding_keepsItWithoutAwsChunked(String sent, String kept) {
        put(Map.of(HeaderAttribute.CONTENT_ENCODING, sent));

        assertThat(stored().headers().values().get(HeaderAttribute.CONTENT_ENCODING))
                .isEqualTo(kept);
        assertThat(text(SERVICE.get(DOWNLOAD))).isEqualTo("hello");
    }

    @Test
    void put_inSignedChunks_isRefused() {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/s3/" + KEY)
                .header("Content-Encoding", "aws-chunked")
                .header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .PUT(BodyPublishers.ofString("5\r\nhello\r\n0\r\n\r\n")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"a.html,text/html", "A.PNG,image/png", "a.tar.gz,application/gzip", "a,application/octet-stream"})
    void put_withoutContentType_guessesByTheExtension(String name, String type) {
        SERVICE.send(SERVICE.request("/api/v1/s3/raw/p/" + name).PUT(BodyPublishers.ofString("x")));

        assertThat(stored("raw/p/" + name).contentType().value()).isEqualTo(type);
    }

    @Test
    void put_withAnyCharset_keepsTheType() {
        String type = "text/plain;charset=x";
        SERVICE.send(SERVICE.request("/api/v1/s3/" + KEY)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString("x")));

        assertThat(SERVICE.get(DOWNLOAD).headers().firstValue("Content-Type")).hasValue(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"undefined", "image", ".docx", "text/plain; charset"})
    void put_withContentTypeThatIsNone_is400(String type) {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/s3/raw/p/typed.txt")
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=x", "application/json; charset=\"", "application/json;charset="})
    void json_inAnUnknownCharset_isRefused(String type) {
        for (String path : List.of("/api/v1/s3/copy", "/api/v1/jobs", "/api/v1/s3/multipart/create")) {
            HttpResponse<byte[]> answer = SERVICE.send(
                    SERVICE.request(path).header("Content-Type", type).POST(BodyPublishers.ofString("{}")));

            assertThat(answer.statusCode()).as(path).isEqualTo(415);
        }
    }

    @Test
    void form_keepsTheFields_beforeAndBehindTheFile() {
        for (boolean behind : List.of(false, true)) {
            String fields = field("cache_control", "no-store") + field("content_encoding", "br");
            String file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nhello\r\n";
            HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/s3/upload")
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(BodyPublishers.ofString(
                            field("key", KEY) + (behind ? file + fields : fields + file) + "--b--\r\n")));

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(stored().headers().values())
                    .isEqualTo(
                            Map.of(HeaderAttribute.CACHE_CONTROL, "no-store", HeaderAttribute.CONTENT_ENCODING, "br"));
        }
    }

    @Test
    void multipartCreate_keepsTheFields() {
        String upload = value(
                SERVICE.postJson(
                        "/api/v1/s3/multipart/create",
                        "{\"key\":\"" + KEY + "\",\"cache_control\":\"no-store\",\"content_language\":\"fr\"}"),
                "upload_id");
        String query = "?key=" + KEY + "&upload_id=" + upload;
        SERVICE.send(SERVICE.request("/api/v1/s3/multipart/upload-part" + query + "&part_number=1")
                .PUT(BodyPublishers.ofString("x")));
        SERVICE.postJson("/api/v1/s3/multipart/complete", "{\"key\":\"" + KEY + "\",\"upload_id\":\"" + upload + "\"}");

        assertThat(stored().headers().values())
                .isEqualTo(Map.of(HeaderAttribute.CACHE_CONTROL, "no-store", HeaderAttribute.CONTENT_LANGUAGE, "fr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "undefined", "null", "image", ".docx"})
    void tus_takesTheMetadataNames_andAnyFiletype(String type) {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/tus")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Cache-Control", "no-cache")
                .header(
                        "Upload-Metadata",
                        "key " + base64(KEY) + ",filetype " + base64(type) + ",content_encoding " + base64("gzip"))
                .POST(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(stored().contentType().value()).isEqualTo("application/octet-stream");
        assertThat(stored().headers().values()).isEqualTo(Map.of(HeaderAttribute.CONTENT_ENCODING, "gzip"));
        assertThat(stored().metadata().values()).doesNotContainKeys("content_encoding", "filetype");
    }

    @Test
    void draft_takesTheHeadersOfTheCreation() {
        HttpRequest.Builder request = SERVICE.request("/api/v1/resumable?key=" + KEY)
                .header("Upload-Draft-Interop-Version", "8")
                .header("Upload-Complete", "?1")
                .header("Content-Type", "undefined");
        ALL.forEach((attribute, value) -> request.header(attribute.header(), value));

        assertThat(SERVICE.send(request.POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(201);
        assertThat(stored().headers().values()).isEqualTo(ALL);
        assertThat(stored().contentType().value()).isEqualTo("application/octet-stream");
    }

    @Test
    void signedUrls_takeAndReturnTheHeaders() {
        String sign = "{\"key\":\"" + KEY + "\"}";
        HttpRequest.Builder request = SERVICE.request(path(SERVICE.postJson("/api/v1/s3/presigned-url/upload", sign)));
        ALL.forEach((attribute, value) -> request.header(attribute.header(), value));
        SERVICE.send(request.PUT(BodyPublishers.ofString("hello")));

        assertThat(stored().headers().values()).isEqualTo(ALL);
        HttpResponse<byte[]> read = SERVICE.get(path(SERVICE.postJson("/api/v1/s3/presigned-url/download", sign)));
        ALL.forEach((attribute, value) ->
                assertThat(read.headers().firstValue(attribute.header())).hasValue(value));
        assertThat(text(read)).isEqualTo("hello");
    }

    @Test
    void valueThatBreaksTheRules_is400_andNamesTheField() {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/s3/" + KEY)
                .header("Content-Language", "x".repeat(1025))
                .PUT(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("\"field\":\"content_language\"");
    }

    @Test
    void download_sendsTheHeaders_wholeInRangesAndByHead() {
        put(ALL);

        for (HttpResponse<byte[]> answer : List.of(
                SERVICE.get(DOWNLOAD),
                SERVICE.send("HEAD", DOWNLOAD),
                SERVICE.send(SERVICE.request(DOWNLOAD).header("Range", "bytes=0-1")),
                SERVICE.send(SERVICE.request(DOWNLOAD).header("Accept-Encoding", "gzip")))) {
            ALL.forEach((attribute, value) ->
                    assertThat(answer.headers().firstValue(attribute.header())).hasValue(value));
            assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue("sandbox");
        }
        assertThat(text(SERVICE.get(DOWNLOAD))).isEqualTo("hello");
    }

    @Test
    void download_ofSeveralRanges_describesTheBytesInEachPart() {
        put(ALL);

        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request(DOWNLOAD).header("Range", "bytes=0-0,3-3"));

        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(text(answer))
                .containsSubsequence(
                        "Content-Encoding: gzip\r\n",
                        "Content-Language: de\r\n",
                        "\r\n\r\nh",
                        "Content-Encoding: gzip\r\n");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
    }

    @Test
    void notModified_sendsCacheControl() {
        put(ALL);
        String etag = SERVICE.get(DOWNLOAD).headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request(DOWNLOAD).header("If-None-Match", etag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inline                       | inline; filename=\"a.txt\"",
                "INLINE; filename=b.txt       | inline; filename=b.txt",
                "attachment; filename=\"b\"   | attachment; filename=\"b\"",
                "attachment; filename*=UTF-8''%C3%A4 | attachment; filename*=UTF-8''%C3%A4",
                "attachment=1                 | attachment; filename=\"a.txt\"",
                "attachment x                 | attachment; filename=\"a.txt\"",
                "form-data; name=\"x\"        | attachment; filename=\"a.txt\"",
                "=?UTF-8?Q?inline;_filename=3D\"=C3=A4.txt\"?= | inline; filename=\"_.txt\"; filename*=UTF-8''%C3%A4.txt"
            })
    void disposition_isTheFilesOwn_whereThatIsValid(String own, String sent) {
        put(Map.of(HeaderAttribute.CONTENT_DISPOSITION, own));

        assertThat(SERVICE.get(DOWNLOAD).headers().firstValue("Content-Disposition"))
                .hasValue(sent);
    }

    @Test
    void disposition_ofTheQuery_winsOverTheFilesOwn_andKeepsItsName() {
        put(Map.of(HeaderAttribute.CONTENT_DISPOSITION, "inline; filename=\"b.txt\""));

        assertThat(SERVICE.get(DOWNLOAD + "?disposition=attachment").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"b.txt\"");
    }

    private static void put(Map<HeaderAttribute, String> headers) {
        HttpRequest.Builder request = SERVICE.request("/api/v1/s3/" + KEY);
        headers.forEach((attribute, value) -> request.header(attribute.header(), value));
        HttpResponse<byte[]> answer = SERVICE.send(request.PUT(BodyPublishers.ofString("hello")));
        assertThat(answer.statusCode()).as(text(answer)).isIn(200, 201);
    }

    private static ObjectAttributes stored() {
        return stored(KEY);
    }

    private static ObjectAttributes stored(String key) {
        return STORAGE.objects().stat(new ObjectKey(key)).orElseThrow().attributes();
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(HttpResponse<byte[]> signed) {
        String url = value(signed, "url");
        return url.substring(url.indexOf("/api/"));
    }

    private static String value(HttpResponse<byte[]> answer, String field) {
        Matcher value = Pattern.compile("\"" + field + "\":\"([^\"]*)\"").matcher(text(answer));
        assertThat(value.find()).as(text(answer)).isTrue();
        return value.group(1);
    }
}
