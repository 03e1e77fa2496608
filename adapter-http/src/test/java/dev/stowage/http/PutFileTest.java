package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.testkit.InMemoryStorage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PutFileTest {

    private static final String PATH = "/api/v1/s3/raw/p/a";
    private static final ObjectKey KEY = new ObjectKey("raw/p/a");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void newFile_is201_andReplacingIt200() {
        HttpResponse<byte[]> created = put("hello", "Content-Type", "text/plain; charset=utf-8");
        HttpResponse<byte[]> replaced = put("other");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(RunningService.text(created))
                .isEqualTo("{\"key\":\"raw/p/a\",\"bucket\":\"memory\",\"size\":5,\"etag\":"
                        + "\"5d41402abc4b2a76b9719d911017c592\",\"content_type\":\"text/plain; charset=utf-8\"}");
        assertThat(created.headers().firstValue("ETag")).hasValue("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(replaced.statusCode()).isEqualTo(200);
    }

    @Test
    void put_withoutConditions_asksTheStoreOnce() {
        CountedObjects counted = new CountedObjects(storage.objects());

        try (RunningService counting = RunningService.over(new StorageOf(counted))) {
            HttpRequest.Builder put = counting.request(PATH).PUT(BodyPublishers.ofString("hello"));
            assertThat(counting.send(put).statusCode()).isEqualTo(201);
            assertThat(counting.send(put).statusCode()).isEqualTo(200);
        }

        assertThat(counted.puts).isEqualTo(2);
        assertThat(counted.stats).isZero();
    }

    /** Does not report whether a put replaced an object, as on S3 without conditions. */
    @ParameterizedTest
    @CsvSource({"If-None-Match, *, 201", "If-Match, '\"5d41402abc4b2a76b9719d911017c592\"', 200", "X-Other, x, 200"})
    void put_toAStoreThatDoesNotTell_is201OnlyWhenItMustBeNew(String header, String value, int status) {
        if (header.equals("If-Match")) {
            put("hello");
        }
        ObjectStore silent = new ForwardingObjectStore(storage.objects()) {
            @Override
            public PutResult put(ObjectKey key, Content content, PutOptions options) {
                return PutResult.under(
                        options.condition(), super.put(key, content, options).info());
            }
        };

        try (RunningService s3 = RunningService.over(new StorageOf(silent))) {
            HttpRequest.Builder put =
                    s3.request(PATH).PUT(BodyPublishers.ofString("new")).header(header, value);
            assertThat(s3.send(put).statusCode()).isEqualTo(status);
        }
    }

    @Test
    void bodyOfUnknownLength_isStored() {
        HttpResponse<byte[]> response = service.send(service.request(PATH)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000]))));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(stored().size()).isEqualTo(100_000);
    }

    @Test
    void requestWithoutBody_storesAnEmptyFile() {
        String answer =
                RawRequest.send(service.port(), "PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 201 ");
        assertThat(stored().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw/p/a%20b", "raw/p/a+b", "raw/p/50%25", "raw/p/a%23b", "raw/p/a%3Fb", "raw/p/%E6%97%A5%E6%9C%AC",
                "raw%2Fp%2Fa", "raw/p/a;b=c", "raw/p/%252F", "raw/p/a=b&c", "raw/p/'%22%5C", "raw/p/🎉"
            })
    void everyKey_roundTrips(String path) {
        byte[] body = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String encoded = path.replace("🎉", "%F0%9F%8E%89");

        HttpResponse<byte[]> put =
                service.send(service.request("/api/v1/s3/" + encoded).PUT(BodyPublishers.ofByteArray(body)));

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(service.get("/api/v1/s3/download/" + encoded).body()).isEqualTo(body);
        assertThat(service.send("HEAD", "/api/v1/s3/exists/" + encoded).statusCode())
                .isEqualTo(200);
        assertThat(service.send("DELETE", "/api/v1/s3/" + encoded).statusCode()).isEqualTo(204);
    }

    @Test
    void encodedSlash_meansTheSameAsASlash_andIsDecodedOnce() {
        put("hello");

        assertThat(service.get("/api/v1/s3/download/raw%2Fp%2Fa").statusCode()).isEqualTo(200);
        assertThat(service.get("/api/v1/s3/download/raw%252Fp%252Fa").statusCode())
                .isEqualTo(404);
    }

    @Test
    void metadataHeaders_areStored_andComeBack() {
        put("hello", "X-Meta-Author", "=?UTF-8?B?QWTDpA==?=", "X-Meta-tag", "x");

        assertThat(stored().attributes().metadata().values())
                .containsEntry("author", "Adä")
                .containsEntry("tag", "x");
        assertThat(service.get("/api/v1/s3/download/raw/p/a").headers().map())
                .containsEntry("X-Meta-author", java.util.List.of("=?UTF-8?B?QWTDpA==?="))
                .containsEntry("X-Meta-tag", java.util.List.of("x"));
        assertThat(RunningService.text(service.get("/api/v1/s3/metadata/raw/p/a")))
                .contains("\"metadata\":{\"author\":\"Adä\",\"tag\":\"x\"}");
    }

    @Test
    void plainUtf8InMetadataHeaders_isUnderstood() {
        RawRequest.send(
                service.port(),
                "PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Meta-a: \u00c3\u00a4\r\n\r\n");

        assertThat(stored().attributes().metadata().values()).containsEntry("a", "ä");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Content-MD5              | XUFAKrxLKna5cZ2REBfFkg==                           | 201 |
            Content-MD5              | AAAAAAAAAAAAAAAAAAAAAA==                           | 400 | ChecksumMismatch
            Content-MD5              | nonsense                                           | 400 | InvalidRequest
            Content-Digest           | sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=: | 201 |
            Repr-Digest              | sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=: | 400 | ChecksumMismatch
            Content-Digest           | sha-256=LPJN                                       | 400 | InvalidRequest
            x-amz-checksum-sha256    | LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=       | 201 |
            x-amz-checksum-crc32     | NhCmhg==                                           | 201 |
            x-amz-checksum-crc32c    | mnG7TA==                                           | 201 |
            x-amz-checksum-crc32c    | AAAAAA==                                           | 400 | ChecksumMismatch
            If-None-Match            | *                                                  | 201 |
            If-Match                 | *                                                  | 412 | PreconditionFailed
            If-Match                 | "abc"                                              | 412 | PreconditionFailed
            If-Match                 | "abc                                               | 400 | InvalidRequest
            Content-Type             | not a type                                         | 400 | InvalidRequest
            X-Meta-a~b               | x                                                  | 400 | InvalidRequest
            Content-Encoding         | gzip                                               | 201 |
            Content-Encoding         | aws-chunked                                        | 201 |
            Content-Encoding         | identity                                           | 201 |
            x-amz-content-sha256     | STREAMING-UNSIGNED-PAYLOAD-TRAILER                 | 415 | UnsupportedMediaType
            Content-Range            | bytes 0-4/10                                       | 400 | InvalidRequest
            """)
    void headers_areHonored_orTheFileIsNotStored(String name, String value, int status, String error) {
        HttpResponse<byte[]> response = put("hello", name, value);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningService.text(response)).contains(error == null ? "raw/p/a" : "\"error\":\"" + error + "\"");
        assertThat(storage.objects().stat(KEY).isPresent()).isEqualTo(status == 201);
    }

    @Test
    void conditionsOnAnExistingFile_decideWhetherItIsReplaced() {
        String tag = put("one").headers().firstValue("ETag").orElseThrow();

        assertThat(put("two", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(put("two", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(put("two", "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")
                        .statusCode())
                .isEqualTo(412);
        assertThat(stored().etag().quoted()).isEqualTo(tag);
        assertThat(put("two", "If-Match", "\"other\", " + tag).statusCode()).isEqualTo(200);
    }

    @Test
    void largeFile_isRefused_withTheWayOut() {
        HttpResponse<byte[]> response =
                service.send(service.request(PATH).PUT(BodyPublishers.ofByteArray(new byte[3 << 20])));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(RunningService.text(response))
                .contains("\"error\":\"PayloadTooLarge\"")
                .contains("\"max_size\":1048576")
                .contains("presigned URL");
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void largeFile_thatWaitsForLeave_isRefusedWithoutIt() {
        String answer = RawRequest.send(
                service.port(),
                "PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void clientThatWaitsForLeave_getsIt() {
        HttpResponse<byte[]> response =
                service.send(service.request(PATH).expectContinue(true).PUT(BodyPublishers.ofString("hello")));

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void largeFileOfUnknownLength_isRefused() {
        String chunk = "40000\r\n" + "a".repeat(0x40000) + "\r\n";
        String answer = RawRequest.send(
                service.port(),
                "PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5)
                        + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("PayloadTooLarge");
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhe",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"
            })
    void bodyThatBreaksOff_leavesNothingBehind(String rest) {
        String answer =
                RawRequest.send(service.port(), "PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"error\":\"InvalidRequest\"");
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void keyOutsideTheLayout_isRefused() {
        HttpResponse<byte[]> response =
                service.send(service.request("/api/v1/s3/other/a").PUT(BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response)).contains("InvalidKey").contains("\"reason\":\"layout\"");
    }

    private HttpResponse<byte[]> put(String body, String... headers) {
        HttpRequest.Builder request = service.request(PATH).PUT(BodyPublishers.ofString(body));
        return service.send(headers.length == 0 ? request : request.headers(headers));
    }

    private ObjectInfo stored() {
        return storage.objects().stat(KEY).orElseThrow();
    }

    /** Counts the requests of a PUT to a store. */
    private static final class CountedObjects extends ForwardingObjectStore {

        private int puts;
        private int stats;

        CountedObjects(ObjectStore store) {
            super(store);
        }

        @Override
        public PutResult put(ObjectKey key, Content content, PutOptions options) {
            puts++;
            return super.put(key, content, options);
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            stats++;
            return super.stat(key);
        }
    }
}
