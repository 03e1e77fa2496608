package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final String PATH = "/api/v1/s3/download/raw/p/a.txt";
    private static final String BODY = "0123456789";
    private static final InstantSource CLOCK = RunningService.CLOCK;
    private static final InMemoryStorage STORAGE = new InMemoryStorage(
            InMemoryStorage.TINY_PARTS, EnumSet.allOf(dev.stowage.core.port.Capability.class), CLOCK);

    private static RunningService service;
    private static ObjectInfo stored;

    @BeforeAll
    static void start() {
        service = RunningService.over(STORAGE);
        stored = store("raw/p/a.txt", BODY.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void wholeFile_comesWithAllThatIsKnownOfIt() {
        HttpResponse<byte[]> response = service.get(PATH);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningService.text(response)).isEqualTo(BODY);
        assertThat(header(response, "ETag")).isEqualTo(stored.etag().quoted());
        assertThat(header(response, "Last-Modified")).isEqualTo("Sun, 30 Nov 2025 12:00:00 GMT");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Content-Length")).isEqualTo("10");
        assertThat(header(response, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(response, "Content-Disposition")).isEqualTo("attachment; filename=\"a.txt\"");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void head_tellsTheSameWithoutTheBody_andKnowsNoRanges() {
        HttpResponse<byte[]> response = service.send(service.request(PATH)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Range", "bytes=0-1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).isEqualTo("10");
        assertThat(header(response, "ETag")).isEqualTo(stored.etag().quoted());
    }

    @Test
    void inline_isSandboxed() {
        HttpResponse<byte[]> response = service.get(PATH + "?disposition=inline");

        assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=\"a.txt\"");
        assertThat(header(response, "Content-Security-Policy")).isEqualTo("sandbox");
    }

    @Test
    void otherDispositions_are400() {
        assertThat(service.get(PATH + "?disposition=evil").statusCode()).isEqualTo(400);
    }

    @Test
    void acceptedEncodings_changeNothing() {
        HttpResponse<byte[]> response = service.send(service.request(PATH).header("Accept-Encoding", "gzip, br"));

        assertThat(RunningService.text(response)).isEqualTo(BODY);
        assertThat(header(response, "Content-Length")).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-3     | 206 | 0123       | bytes 0-3/10
            bytes=4-      | 206 | 456789     | bytes 4-9/10
            bytes=-2      | 206 | 89         | bytes 8-9/10
            bytes=0-1,2-3 | 206 | 0123       | bytes 0-3/10
            bytes=5-1     | 200 | 0123456789 |
            items=0-1     | 200 | 0123456789 |
            """)
    void range_isSentAlone(String range, int status, String body, String contentRange) {
        HttpResponse<byte[]> response = service.send(service.request(PATH).header("Range", range));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningService.text(response)).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(body.length()));
    }

    @Test
    void severalRanges_areSentAsMultipart_ofTheLengthAnnounced() {
        HttpResponse<byte[]> response = service.send(service.request(PATH).header("Range", "bytes=0-1,4-5,-1"));

        assertThat(response.statusCode()).isEqualTo(206);
        String type = header(response, "Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(RunningService.text(response))
                .isEqualTo(part(boundary, "0-1", "01") + part(boundary, "4-5", "45") + part(boundary, "9-9", "9")
                        + "\r\n--" + boundary + "--\r\n");
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(response.headers().firstValue("Content-Range")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=-0", "bytes=10-11,20-30"})
    void rangeBeyondTheEnd_is416_withTheSize(String range) {
        HttpResponse<byte[]> response = service.send(service.request(PATH).header("Range", range));

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */10");
        assertThat(RunningService.text(response)).contains("\"error\":\"RangeNotSatisfiable\"");
        assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-None-Match       | TAG                           | 304
            If-None-Match       | W/TAG                         | 304
            If-None-Match       | "other"                       | 200
            If-None-Match       | *                             | 304
            If-Match            | TAG                           | 200
            If-Match            | "other"                       | 412
            If-Match            | "unclosed                     | 400
            If-Modified-Since   | Sun, 30 Nov 2025 12:00:00 GMT | 304
            If-Modified-Since   | Sun, 30 Nov 2025 11:59:59 GMT | 200
            If-Unmodified-Since | Sun, 30 Nov 2025 11:59:59 GMT | 412
            If-Unmodified-Since | Sun, 30 Nov 2025 12:00:00 GMT | 200
            """)
    void conditions_areHonored_byGetAndHead(String name, String value, int status) {
        String tagged = value.replace("TAG", stored.etag().quoted());
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<byte[]> response = service.send(service.request(PATH)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header(name, tagged));

            assertThat(response.statusCode()).as(method).isEqualTo(status);
            if (status == 304) {
                assertThat(response.body()).isEmpty();
                assertThat(header(response, "ETag")).isEqualTo(stored.etag().quoted());
                assertThat(response.headers().firstValue("Content-Type")).isEmpty();
            }
        }
    }

    @Test
    void ifRange_ofAnotherVersion_sendsAll() {
        assertThat(ranged("If-Range", stored.etag().quoted())).isEqualTo("01");
        assertThat(ranged("If-Range", "\"other\"")).isEqualTo(BODY);
        assertThat(ranged("If-Range", "Sun, 30 Nov 2025 12:00:00 GMT")).isEqualTo("01");
        assertThat(ranged("If-Range", "Sun, 30 Nov 2025 12:00:01 GMT")).isEqualTo(BODY);
    }

    @Test
    void missingFile_is404_alsoForConditionsAndRanges() {
        String missing = "/api/v1/s3/download/raw/p/none";

        assertThat(service.get(missing).statusCode()).isEqualTo(404);
        assertThat(service.send("HEAD", missing).statusCode()).isEqualTo(404);
        assertThat(service.send(service.request(missing).header("If-Match", "*"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.send(service.request(missing).header("Range", "bytes=0-1"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void emptyFile_isSent_andHasNoRanges() {
        store("raw/p/empty", new byte[0]);

        assertThat(service.get("/api/v1/s3/download/raw/p/empty").body()).isEmpty();
        assertThat(service.send(service.request("/api/v1/s3/download/raw/p/empty")
                                .header("Range", "bytes=0-"))
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void largeFile_arrivesAsItWas_wholeAndInRanges() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        store("raw/p/large", bytes);

        assertThat(service.get("/api/v1/s3/download/raw/p/large").body()).isEqualTo(bytes);
        assertThat(service.send(service.request("/api/v1/s3/download/raw/p/large")
                                .header("Range", "bytes=1-299998"))
                        .body())
                .isEqualTo(java.util.Arrays.copyOfRange(bytes, 1, 299_999));
    }

    private static ObjectInfo store(String key, byte[] bytes) {
        ObjectAttributes attributes = new ObjectAttributes(new ContentType("text/html; charset=utf-8"), Metadata.NONE);
        return STORAGE.objects()
                .put(new ObjectKey(key), Content.of(bytes), PutOptions.of(attributes))
                .info();
    }

    private static String ranged(String name, String value) {
        return RunningService.text(
                service.send(service.request(PATH).header("Range", "bytes=0-1").header(name, value)));
    }

    private static String part(String boundary, String range, String bytes) {
        return "\r\n--" + boundary + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Range: bytes " + range
                + "/10\r\n\r\n" + bytes;
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }
}
