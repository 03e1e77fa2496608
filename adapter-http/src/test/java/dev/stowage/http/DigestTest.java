package dev.stowage.http;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.testkit.InMemoryStorage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests sent with a body, on every route that takes one, are verified or refused. */
class DigestTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "hellO".getBytes(StandardCharsets.UTF_8);
    private static final String FILES = "/api/v1/s3";

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource(ChecksumAlgorithm.class)
    void put_isComparedWithEveryAlgorithm(ChecksumAlgorithm algorithm) {
        String[] header = header(algorithm, OTHER);
        HttpResponse<byte[]> wrong = put(header[0], header[1]);
        assertThat(wrong.statusCode()).as(text(wrong)).isEqualTo(400);
        assertThat(text(wrong)).contains("ChecksumMismatch");
        assertNothingStored();

        header = header(algorithm, HELLO);
        assertThat(put(header[0], header[1]).statusCode()).isEqualTo(201);
    }

    @Test
    void put_isComparedWithTheHashOfSignedRequests() {
        String right = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

        assertThat(put("x-amz-content-sha256", right.replace('2', '3')).statusCode())
                .isEqualTo(400);
        assertNothingStored();
        assertThat(put("x-amz-content-sha256", right).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Digest, unixsum=:AAAA:",
        "Repr-Digest, blake3=:AAAA:",
        "x-amz-checksum-xxhash64, AAAAAAAAAAA=",
        "x-amz-trailer, x-amz-checksum-crc32",
        "Trailer, Content-Digest",
        "Digest, sha-256=AAAA"
    })
    void whatCantBeChecked_isNotSupported_onEveryWayIn(String name, String value) {
        String upload = createUpload();
        for (HttpRequest.Builder request : new HttpRequest.Builder[] {
            service.request(FILES + "/" + KEY).PUT(BodyPublishers.ofByteArray(HELLO)),
            form("POST", "/upload", field("key", KEY.value()) + part("file", "", HELLO)),
            form("POST", "/upload/batch", field("keys", KEY.value()) + part("files", "", HELLO)),
            form("PUT", "/multipart/upload-part", partFields(upload) + part("file", "", HELLO)),
            service.request(FILES + "/multipart/upload-part?part_number=1&key=" + KEY + "&upload_id=" + upload)
                    .PUT(BodyPublishers.ofByteArray(HELLO)),
            HttpRequest.newBuilder(signed()).PUT(BodyPublishers.ofByteArray(HELLO)),
            tus(),
            service.request("/api/v1/resumable?key=" + KEY).POST(BodyPublishers.ofByteArray(HELLO)),
            service.request(FILES + "/copy")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
        }) {
            HttpResponse<byte[]> answer = service.send(request.header(name, value));

            assertThat(answer.statusCode()).as(answer.uri() + text(answer)).isEqualTo(501);
        }
        assertNothingStored();
        assertThat(text(service.get(FILES + "/multipart/list-parts?key=" + KEY + "&upload_id=" + upload)))
                .contains("\"parts\":[]");
    }

    @Test
    void digestOfAPart_isComparedWithThePart() {
        for (byte[] of : new byte[][] {OTHER, HELLO}) {
            String digest = "Content-Digest: " + dictionary(of) + "\r\n";
            int status = of == HELLO ? 201 : 400;

            assertThat(service.send(form("POST", "/upload", field("key", KEY.value()) + part("file", digest, HELLO)))
                            .statusCode())
                    .isEqualTo(status);
            assertThat(storage.objects().stat(KEY).isPresent()).isEqualTo(of == HELLO);
            storage.objects().delete(List.of(KEY));
            assertThat(service.send(form("POST", "/upload", part("file", digest, HELLO) + field("key", KEY.value())))
                            .statusCode())
                    .isEqualTo(status);
            assertThat(storage.objects().stat(KEY).isPresent()).isEqualTo(of == HELLO);
            assertThat(service.send(form(
                                    "PUT",
                                    "/multipart/upload-part",
                                    partFields(createUpload()) + part("file", digest, HELLO)))
                            .statusCode())
                    .isEqualTo(of == HELLO ? 200 : 400);
        }
    }

    @Test
    void digestOfAPartOfABatch_failsThatItemAlone() {
        HttpResponse<byte[]> answer = service.send(form(
                "POST",
                "/upload/batch",
                field("keys", "raw/p/1")
                        + part("files", "Content-Digest: " + dictionary(OTHER) + "\r\n", HELLO)
                        + field("keys", "raw/p/2")
                        + part("files", "Content-Digest: md4=:AAAA:\r\n", HELLO)
                        + field("keys", "raw/p/3")
                        + part("files", "Repr-Digest: " + dictionary(HELLO) + "\r\n", HELLO)));

        assertThat(text(answer)).contains("\"total\":3,\"successful\":1,\"failed\":2");
        assertThat(storage.objects().stat(new ObjectKey("raw/p/3"))).isPresent();
    }

    @Test
    void signedUrl_isCompared() {
        assertThat(service.send(HttpRequest.newBuilder(signed())
                                .header("Content-Digest", dictionary(OTHER))
                                .PUT(BodyPublishers.ofByteArray(HELLO)))
                        .statusCode())
                .isEqualTo(400);
        assertNothingStored();
    }

    @Test
    void tus_isComparedWithTheBytesOfTheRequest_andRefusesADigestOfTheFile() {
        assertThat(service.send(tus().header("Content-Digest", dictionary(OTHER)))
                        .statusCode())
                .isEqualTo(460);
        assertThat(service.send(tus().header("Repr-Digest", dictionary(HELLO))).statusCode())
                .isEqualTo(501);
        assertThat(service.send(tus().header("Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
                                .POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(460);
        assertNothingStored();
        assertThat(service.send(tus().header("Content-Digest", dictionary(HELLO)))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void json_isComparedBeforeItIsActedOn() {
        assertThat(put("X-Other", "x").statusCode()).isEqualTo(201);
        String json = "{\"keys\":[\"" + KEY + "\"]}";
        for (byte[] of : new byte[][] {OTHER, json.getBytes(StandardCharsets.UTF_8)}) {
            HttpResponse<byte[]> answer = service.send(service.request(FILES + "/delete/batch")
                    .header("Content-Type", "application/json")
                    .header("Content-MD5", base64(ChecksumAlgorithm.MD5, of))
                    .POST(BodyPublishers.ofString(json)));

            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(of == OTHER ? 400 : 200);
            assertThat(storage.objects().stat(KEY).isPresent()).isEqualTo(of == OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Digest: sha-256=:AAAA:", "Content-MD5: AAAA", "x-amz-checksum-crc32: AAAAAA=="})
    void trailerThatWasNotAnnounced_isNotSupported_andNothingIsStored(String field) {
        String answer = RawRequest.send(
                service.port(),
                "PUT " + FILES + "/" + KEY + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n5\r\nhello\r\n0\r\n" + field + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 501 ").contains("NotSupported");
        assertNothingStored();
    }

    private HttpResponse<byte[]> put(String name, String value) {
        return service.send(
                service.request(FILES + "/" + KEY).header(name, value).PUT(BodyPublishers.ofByteArray(HELLO)));
    }

    private HttpRequest.Builder tus() {
        return service.request("/api/v1/tus")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "5")
                .header("Upload-Metadata", "key cmF3L3AvYQ==")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(HELLO));
    }

    private HttpRequest.Builder form(String method, String path, String parts) {
        return service.request(FILES + path)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .method(method, BodyPublishers.ofString(parts + "--b--\r\n"));
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String part(String name, String headers, byte[] content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"a\"\r\n" + headers + "\r\n"
                + new String(content, StandardCharsets.UTF_8) + "\r\n";
    }

    private static String partFields(String upload) {
        return field("key", KEY.value()) + field("upload_id", upload) + field("part_number", "1");
    }

    private String createUpload() {
        return value(service.postJson(FILES + "/multipart/create", "{\"key\":\"" + KEY + "\"}"), "upload_id");
    }

    private URI signed() {
        return URI.create(value(service.postJson(FILES + "/presigned-url/upload", "{\"key\":\"" + KEY + "\"}"), "url"));
    }

    private static String value(HttpResponse<byte[]> answer, String field) {
        return text(answer).replaceAll(".*\"" + field + "\":\"([^\"]+)\".*", "$1");
    }

    private void assertNothingStored() {
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    private static String[] header(ChecksumAlgorithm algorithm, byte[] of) {
        String base64 = base64(algorithm, of);
        return switch (algorithm) {
            case MD5 -> new String[] {"Content-MD5", base64};
            case SHA512 -> new String[] {"Content-Digest", "blake3=:AAAA:, sha-512=:" + base64 + ":"};
            case SHA1, SHA256, CRC32, CRC32C, CRC64NVME ->
                new String[] {"x-amz-checksum-" + algorithm.id().replace("-", ""), base64};
        };
    }

    private static String dictionary(byte[] of) {
        return "sha-256=:" + base64(ChecksumAlgorithm.SHA256, of) + ":";
    }

    private static String base64(ChecksumAlgorithm algorithm, byte[] of) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(of, 0, of.length);
        return Checksum.of(algorithm, hasher.finish()).base64();
    }
}
