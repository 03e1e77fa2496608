package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlTest {

    private static final String API = "/api/v1/s3";

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void upload_takesWhatIsLargerThanTheServiceTakes() {
        HttpResponse<byte[]> signed = sign("/presigned-url/upload", "{\"key\":\"raw/p/a b+ä\",\"expires_in\":60}");
        assertThat(RunningService.text(signed))
                .contains("\"url\":\"http://127.0.0.1:" + service.port() + "/api/v1/signed/")
                .contains("\"key\":\"raw/p/a b+ä\",\"expires_in\":60,\"method\":\"PUT\",\"headers\":{");

        HttpResponse<byte[]> stored = service.send(
                at(signed).PUT(BodyPublishers.ofByteArray(new byte[(int) RunningService.MAX_FILE_SIZE + 1])));

        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(stored.headers().firstValue("ETag")).isPresent();
        assertThat(stored.body()).isEmpty();
        assertThat(storage.objects().stat(new ObjectKey("raw/p/a b+ä"))).isPresent();
    }

    @Test
    void upload_ofAnotherType_isDenied() {
        HttpResponse<byte[]> signed =
                sign("/presigned-url/upload", "{\"key\":\"raw/p/a\",\"content_type\":\"text/plain\"}");

        assertThat(service.send(at(signed).header("Content-Type", "text/html").PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(service.send(at(signed).header("Content-Type", "text/plain").PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/plain;charset=UTF-8                 | Text/Plain; CHARSET=utf-8            | text/plain; charset=ISO-8859-1",
                "text/html; charset=UTF-8                 | text/html;charset=`UTF-8`            | text/html",
                "TEXT/PLAIN                               | text/plain                           | text/plain; charset=utf-8",
                "text/csv; header=present                 | text/csv;header=present              | text/csv; header=absent",
                "multipart/mixed; boundary=`a b;c`; x=1   | multipart/mixed;x=1; boundary=`a b;c`| multipart/mixed; boundary=`A b;c`; x=1",
                "application/vnd.a+json ; v=1             | application/vnd.a+json;V=1           | application/vnd.a+xml; v=1"
            })
    void upload_takesTheTypeThatWasSigned_howeverItIsWritten(String type, String same, String other) {
        String signedType = type.strip().replace('`', '"');
        HttpResponse<byte[]> signed = sign(
                "/presigned-url/upload",
                "{\"key\":\"raw/p/a\",\"content_type\":\"" + signedType.replace("\"", "\\\"") + "\"}");

        assertThat(put(signed, other)).isEqualTo(403);
        assertThat(put(signed, "image/png")).isEqualTo(403);
        for (String sent : List.of(signedType, same)) {
            assertThat(put(signed, sent.strip().replace('`', '"'))).isEqualTo(200);
            assertThat(storage.objects()
                            .stat(new ObjectKey("raw/p/a"))
                            .orElseThrow()
                            .attributes()
                            .contentType()
                            .value())
                    .isEqualTo(signedType);
        }
    }

    private int put(HttpResponse<byte[]> signed, String type) {
        return service.send(at(signed)
                        .header("Content-Type", type.strip().replace('`', '"'))
                        .PUT(BodyPublishers.ofString("x")))
                .statusCode();
    }

    @Test
    void conditions_areHonoredForFiles_andRefusedForParts() {
        store("there");
        HttpResponse<byte[]> file = sign("/presigned-url/upload", "{\"key\":\"raw/p/a\"}");
        HttpResponse<byte[]> read = sign("/presigned-url/download", "{\"key\":\"raw/p/a\"}");

        assertThat(service.send(at(file).header("If-None-Match", "*").PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(412);
        assertThat(service.send(at(file).header("If-Modified-Since", "x").PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.send(at(read).header("If-None-Match", "*")).statusCode())
                .isEqualTo(304);
        assertThat(service.send(at(read).header("If-Source-Match", "*")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void urls_withParametersAddedOrDoubled_areDenied() {
        store("there");
        String url = RunningService.text(sign("/presigned-url/download", "{\"key\":\"raw/p/a\"}"))
                .replaceAll(".*\"url\":\"http://[^/]*([^\"]*)\".*", "$1");
        String query = url.substring(url.indexOf('?') + 1);

        assertThat(service.send(service.request(url)).statusCode()).isEqualTo(200);
        for (String added : List.of("&added=1", "&" + query, "&response-content-disposition=inline", "&added")) {
            assertThat(service.send(service.request(url + added)).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void download_worksAsAnyOther_withHeadAndRanges() {
        store("hello");
        HttpResponse<byte[]> signed = sign("/presigned-url/download", "{\"key\":\"raw/p/a\"}");
        assertThat(RunningService.text(signed)).contains("\"expires_in\":3600");

        assertThat(RunningService.text(service.send(at(signed)))).isEqualTo("hello");
        assertThat(service.send(at(signed).method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(RunningService.text(service.send(at(signed).header("Range", "bytes=1-2"))))
                .isEqualTo("el");
    }

    @Test
    void disposition_isThatWhichWasSigned_andSandboxed() {
        store("hello");
        HttpResponse<byte[]> response = service.send(at(sign(
                "/presigned-url/download",
                "{\"key\":\"raw/p/a\",\"response_content_disposition\":\"inline; filename=\\\"b.txt\\\"\"}")));

        assertThat(response.headers().firstValue("Content-Disposition")).hasValue("inline; filename=\"b.txt\"");
        assertThat(response.headers().firstValue("Content-Security-Policy")).hasValue("sandbox");
    }

    @Test
    void everyAnswerWithContent_isSandboxed_evenIfItIsToBeSaved() {
        store("hello");
        HttpResponse<byte[]> signed = sign("/presigned-url/download", "{\"key\":\"raw/p/a\"}");
        String etag = service.send(at(signed)).headers().firstValue("ETag").orElseThrow();

        for (HttpRequest.Builder request : List.of(
                at(signed),
                at(signed).method("HEAD", BodyPublishers.noBody()),
                at(signed).header("Range", "bytes=1-2"),
                at(signed).header("Range", "bytes=0-0,3-3"),
                at(signed).header("If-None-Match", etag),
                service.request(API + "/download/raw/p/a"),
                service.request(API + "/download/raw/p/a?disposition=inline"))) {
            HttpResponse<byte[]> response = service.send(request);

            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .as(response.statusCode() + "")
                    .hasValue("sandbox");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void part_isUploaded_andItsTagCompletesTheUpload() {
        String id = field(service.postJson(API + "/multipart/create", "{\"key\":\"raw/p/a\"}"), "upload_id");
        HttpResponse<byte[]> signed =
                sign("/multipart/presign-part", "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\",\"part_number\":1}");
        assertThat(RunningService.text(signed))
                .contains("\"key\":\"raw/p/a\",\"upload_id\":\"" + id + "\",\"part_number\":1,\"expires_in\":3600");

        HttpResponse<byte[]> stored = service.send(at(signed).PUT(BodyPublishers.ofString("hello")));

        assertThat(stored.statusCode()).isEqualTo(200);
        String tag = stored.headers().firstValue("ETag").orElseThrow().replace("\"", "");
        assertThat(service.postJson(
                                API + "/multipart/complete",
                                "{\"key\":\"raw/p/a\",\"upload_id\":\"" + id
                                        + "\",\"parts\":[{\"part_number\":1,\"etag\":\"" + tag + "\"}]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void alteredUrls_areDenied() {
        store("hello");
        String url = field(sign("/presigned-url/download", "{\"key\":\"raw/p/a\"}"), "url");

        for (String altered :
                new String[] {url.replace("raw/p/a", "raw/p/b"), url + "x", url.replaceAll("\\?.*", "")}) {
            HttpResponse<byte[]> response = service.send(HttpRequest.newBuilder(URI.create(altered)));

            assertThat(response.statusCode()).as(altered).isEqualTo(403);
            assertThat(RunningService.text(response)).contains("\"error\":\"AccessDenied\"");
        }
        assertThat(service.send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "86401", "-1", "9223372036854775807"})
    void expiryOutOfBounds_isRefused(String seconds) {
        HttpResponse<byte[]> response =
                sign("/presigned-url/download", "{\"key\":\"raw/p/a\",\"expires_in\":" + seconds + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response)).contains("\"error\":\"InvalidExpiry\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nSet-Cookie: x=y", "\\u0000", " ", "ä"})
    void dispositionsThatNoHeaderCarries_areRefused(String disposition) {
        HttpResponse<byte[]> response = sign(
                "/presigned-url/download",
                "{\"key\":\"raw/p/a\",\"response_content_disposition\":\"" + disposition + "\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response)).contains("\"field\":\"response_content_disposition\"");
    }

    @Test
    void behindAProxy_urlsAreThoseOfTheProxy() {
        try (RunningService trusting = RunningService.over(storage, true, Set.of())) {
            assertThat(forwardedUrl(trusting, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "files.example.com"))
                    .startsWith("https://files.example.com/api/v1/signed/");
            assertThat(forwardedUrl(trusting, "Forwarded", "proto=https;host=\"files.example.com:8443\"", "X-A", "b"))
                    .startsWith("https://files.example.com:8443/api/v1/signed/");
        }
    }

    @Test
    void withoutAProxy_nobodyIsBelieved() {
        assertThat(forwardedUrl(service, "X-Forwarded-Proto", "https", "Forwarded", "host=evil.example.com"))
                .startsWith("http://127.0.0.1:" + service.port() + "/api/v1/signed/");
    }

    private static String forwardedUrl(RunningService service, String... headers) {
        return field(
                service.send(service.request(API + "/presigned-url/download")
                        .header("Content-Type", "application/json")
                        .headers(headers)
                        .POST(BodyPublishers.ofString("{\"key\":\"raw/p/a\"}"))),
                "url");
    }

    @Test
    void storeWithoutSignedUrls_saysSo() {
        try (RunningService other = RunningService.over(new StorageOf(storage.objects()))) {
            assertThat(other.postJson(API + "/presigned-url/download", "{\"key\":\"raw/p/a\"}")
                            .statusCode())
                    .isEqualTo(501);
            assertThat(other.get("/api/v1/signed/raw/p/a").statusCode()).isEqualTo(404);
        }
    }

    private void store(String body) {
        storage.objects()
                .put(new ObjectKey("raw/p/a"), Content.of(body.getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }

    private HttpResponse<byte[]> sign(String path, String json) {
        return service.postJson(API + path, json);
    }

    private static HttpRequest.Builder at(HttpResponse<byte[]> signed) {
        return HttpRequest.newBuilder(URI.create(field(signed, "url")));
    }

    private static String field(HttpResponse<byte[]> response, String name) {
        return RunningService.text(response).replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }
}
