package dev.stowage.http.form;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadFormsTest {

    private static final byte[] HELLO = "hello, Größe".getBytes(StandardCharsets.UTF_8);

    private static final InMemoryStorage STORAGE = new InMemoryStorage();
    private static final RunningService SERVICE = RunningService.over(STORAGE);

    @BeforeEach
    void empty() {
        List<ObjectKey> keys = STORAGE.objects().list(ListQuery.of(KeyPrefix.ALL)).objects().stream()
                .map(ObjectSummary::key)
                .toList();
        if (!keys.isEmpty()) {
            STORAGE.objects().delete(keys);
        }
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void upload_keyFirst_storesTheFile() throws IOException {
        HttpResponse<byte[]> answer = upload(new FormBody()
                .field("key", "raw/demo/ä b.txt")
                .field("content_type", "text/plain; charset=utf-8")
                .field("metadata", "{\"Author\": \"Adé\"}")
                .file("file", HELLO)
                .end());

        assertThat(answer.statusCode()).isEqualTo(201);
        ObjectInfo info = stat("raw/demo/ä b.txt").orElseThrow();
        assertThat(text(answer))
                .isEqualTo("{\"key\":\"raw/demo/ä b.txt\",\"bucket\":\"memory\",\"size\":" + HELLO.length
                        + ",\"etag\":\"" + info.etag().value() + "\",\"content_type\":\"text/plain; charset=utf-8\"}");
        assertThat(info.attributes().metadata().values()).isEqualTo(Map.of("author", "Adé"));
        assertThat(bytes("raw/demo/ä b.txt")).isEqualTo(HELLO);
    }

    @Test
    void upload_fileFirst_storesTheSame() throws IOException {
        HttpResponse<byte[]> answer = upload(new FormBody()
                .file("file", HELLO)
                .field("metadata", "{\"author\": \"Ada\"}")
                .field("key", "raw/demo/a.txt")
                .field("content_type", "")
                .end());

        assertThat(answer.statusCode()).isEqualTo(201);
        ObjectInfo info = stat("raw/demo/a.txt").orElseThrow();
        assertThat(info.attributes().contentType().value()).isEqualTo("application/x-test");
        assertThat(info.attributes().metadata().values()).isEqualTo(Map.of("author", "Ada"));
        assertThat(bytes("raw/demo/a.txt")).isEqualTo(HELLO);
    }

    @Test
    void upload_attributesBehindTheFile_areApplied() throws IOException {
        HttpResponse<byte[]> answer = upload(new FormBody()
                .field("key", "raw/demo/a.txt")
                .file("file", HELLO)
                .field("metadata", "{\"author\": \"Ada\"}")
                .field("content_type", "text/plain")
                .end());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(text(answer)).contains("\"content_type\":\"text/plain\"");
        ObjectInfo info = stat("raw/demo/a.txt").orElseThrow();
        assertThat(info.attributes().contentType().value()).isEqualTo("text/plain");
        assertThat(info.attributes().metadata().values()).isEqualTo(Map.of("author", "Ada"));
        assertThat(bytes("raw/demo/a.txt")).isEqualTo(HELLO);
    }

    @Test
    void upload_partWithoutFilenameOrType_isAFile() {
        HttpResponse<byte[]> answer = upload(
                new FormBody().field("key", "raw/demo/some").field("file", "x").end());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(text(answer)).contains("\"size\":1").contains("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void upload_atTheLimit_isTaken_andOverItRefused(int over) throws IOException {
        byte[] content = new byte[(int) RunningService.MAX_FILE_SIZE + over];
        int status = over == 0 ? 201 : 413;
        HttpResponse<byte[]> streamed = upload(
                new FormBody().field("key", "raw/demo/a").file("file", content).end());
        HttpResponse<byte[]> spooled = upload(
                new FormBody().file("file", content).field("key", "raw/demo/b").end());

        assertThat(streamed.statusCode()).as(text(streamed)).isEqualTo(status);
        assertThat(spooled.statusCode()).as(text(spooled)).isEqualTo(status);
        assertThat(stat("raw/demo/a").isPresent()).isEqualTo(over == 0);
        assertThat(stat("raw/demo/b").isPresent()).isEqualTo(over == 0);
        if (over > 0) {
            assertThat(text(streamed))
                    .contains("PayloadTooLarge")
                    .contains("max_size")
                    .contains("presigned");
        }
    }

    @Test
    void upload_whoseLengthIsHopeless_isRefusedUnread() throws IOException {
        List<String> head = List.of(
                "POST /api/v1/s3/upload HTTP/1.1",
                "Host: x",
                "Content-Type: multipart/form-data; boundary=b",
                "Content-Length: 1000000000",
                "Expect: 100-continue");
        try (RawClient client = new RawClient(SERVICE.port())) {
            client.send(String.join("\r\n", head) + "\r\n\r\n");
            assertThat(client.statusLine()).contains(" 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/x-www-form-urlencoded", "multipart/mixed; boundary=b", "x"})
    void upload_ofAnotherType_isUnsupported(String type) {
        HttpResponse<byte[]> answer = upload(new byte[10], type);
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(text(answer)).contains("UnsupportedMediaType");
    }

    @Test
    void upload_withoutBoundary_isInvalid() {
        HttpResponse<byte[]> answer = upload(new byte[10], "multipart/form-data");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("InvalidRequest").contains("boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file",
                "key=raw/demo/a",
                "key= file",
                "key=raw/demo/a metadata=[1] file",
                "key=raw/demo/a metadata={\"a\":1} file",
                "key=raw/demo/a metadata={\"a\":null} file",
                "key=raw/demo/a metadata={\"a!\":\"b\"} file",
                "key=raw/demo/a metadata={\"a\":\"b\",\"a\":\"c\"} file",
                "key=raw/demo/a metadata={ file",
                "key=raw/demo/a content_type=text file",
                "key=raw/demo/a nonsense=1 file",
                "key=raw/demo/a key=raw/demo/b file",
                // after the file
                "key=raw/demo/a file metadata={",
                "key=raw/demo/a file content_type=text",
                "key=raw/demo/a file nonsense=1",
                "key=raw/demo/a file key=raw/demo/b",
                "key=raw/demo/a file file",
                "file file key=raw/demo/a",
                "file metadata={ key=raw/demo/a",
                "file key=raw/demo/a key=raw/demo/a"
            })
    void upload_ofAWrongForm_namesTheField_andStoresNothing(String parts) {
        FormBody form = new FormBody();
        for (String part : parts.split(" ", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length == 1) {
                form.file(pair[0], HELLO);
            } else {
                form.field(pair[0], pair[1]);
            }
        }

        HttpResponse<byte[]> answer = upload(form.end());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
        assertThat(text(answer)).contains("InvalidRequest").contains("\"field\":");
        assertThat(stat("raw/demo/a")).isEmpty();
        assertThat(stat("raw/demo/b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "elsewhere/demo/a", "raw/demo/../a"})
    void upload_toABadKey_isInvalid(String key) {
        HttpResponse<byte[]> first =
                upload(new FormBody().field("key", key).file("file", HELLO).end());
        HttpResponse<byte[]> last =
                upload(new FormBody().file("file", HELLO).field("key", key).end());
        assertThat(text(first)).contains("InvalidKey").contains("reason");
        assertThat(text(last)).contains("InvalidKey").contains("reason");
        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(last.statusCode()).isEqualTo(400);
    }

    @Test
    void upload_ofAFormThatEndsEarly_storesNothing() {
        byte[] behindFile =
                new FormBody().field("key", "raw/demo/a").file("file", HELLO).cut();
        assertThat(upload(behindFile).statusCode()).isEqualTo(400);
        byte[] inFile = new FormBody()
                .field("key", "raw/demo/a")
                .raw("--" + FormBody.BOUNDARY + "\r\nContent-Disposition: form-data; name=file\r\n\r\nhel")
                .cut();
        HttpResponse<byte[]> answer = upload(inFile);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("final boundary");
        assertThat(stat("raw/demo/a")).isEmpty();
    }

    @Test
    void upload_honorsConditions() throws IOException {
        byte[] form =
                new FormBody().field("key", "raw/demo/a").file("file", HELLO).end();
        HttpResponse<byte[]> created = upload(form, "If-None-Match", "*");
        assertThat(created.statusCode()).isEqualTo(201);
        String etag = created.headers().firstValue("ETag").orElseThrow();
        assertThat(upload(form, "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(upload(form, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(upload(form, "If-Match", etag).statusCode()).isEqualTo(201);
        String absent = "Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nIf-None-Match: *\r\n";
        byte[] ofThePart =
                new FormBody().field("key", "raw/demo/a").part(absent, HELLO).end();
        assertThat(upload(ofThePart).statusCode()).isEqualTo(412);
        byte[] fileFirst = new FormBody()
                .file("file", new byte[1])
                .field("key", "raw/demo/a")
                .end();
        assertThat(upload(fileFirst, "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(bytes("raw/demo/a")).isEqualTo(HELLO);
    }

    @Test
    void upload_inAContentCoding_isUnsupported() {
        byte[] form =
                new FormBody().field("key", "raw/demo/a").file("file", HELLO).end();
        assertThat(upload(form, "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
    }

    @Test
    void batch_pairsKeysAndFilesInOrder_whereverTheyStand() throws IOException {
        byte[] form = new FormBody()
                .file("files", "0".getBytes(StandardCharsets.UTF_8))
                .file("files", "1".getBytes(StandardCharsets.UTF_8))
                .field("keys", "raw/demo/0")
                .field("keys", "raw/demo/1")
                .field("keys", "raw/demo/2")
                .file("files", "2".getBytes(StandardCharsets.UTF_8))
                .end();

        HttpResponse<byte[]> answer = batch(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .startsWith("{\"results\":[{\"key\":\"raw/demo/0\",\"success\":true,\"message\":\"File uploaded\","
                        + "\"data\":{\"key\":\"raw/demo/0\",\"bucket\":\"memory\",\"size\":1,")
                .endsWith("\"total\":3,\"successful\":3,\"failed\":0}");
        for (int i = 0; i < 3; i++) {
            assertThat(bytes("raw/demo/" + i)).asString(StandardCharsets.UTF_8).isEqualTo("" + i);
        }
    }

    @Test
    void batch_failuresOfSome_leaveTheOthers() throws IOException {
        byte[] tooLarge = new byte[(int) RunningService.MAX_FILE_SIZE + 1];
        byte[] form = new FormBody()
                .field("keys", "raw/demo/0")
                .file("files", tooLarge)
                .file("files", tooLarge)
                .field("keys", "raw/demo/1")
                .field("keys", "bad//key")
                .file("files", HELLO)
                .field("keys", "raw/demo/3")
                .part("Content-Disposition: form-data; name=files\r\nContent-Type: nonsense\r\n", HELLO)
                .field("keys", "raw/demo/4")
                .file("files", HELLO)
                .end();

        HttpResponse<byte[]> answer = batch(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .endsWith("\"total\":5,\"successful\":2,\"failed\":3}")
                .contains("{\"key\":\"raw/demo/0\",\"success\":false,\"error\":\"PayloadTooLarge\",\"message\":")
                .contains("{\"key\":\"bad//key\",\"success\":false,\"error\":\"InvalidKey\",\"message\":")
                .contains("\"data\":null");
        assertThat(bytes("raw/demo/4")).isEqualTo(HELLO);
        assertThat(stat("raw/demo/0")).isEmpty();
        assertThat(stat("raw/demo/1")).isEmpty();
    }

    @Test
    void batch_thatIsEmpty_isInvalid() {
        HttpResponse<byte[]> answer = batch(new FormBody().end());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("at least one file");
    }

    @Test
    void batch_thatDoesNotPair_isInvalid_andTellsWhatWasStored() throws IOException {
        HttpResponse<byte[]> answer = batch(new FormBody()
                .field("keys", "raw/demo/0")
                .field("keys", "raw/demo/1")
                .file("files", HELLO)
                .end());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("2 keys and 1 files").contains("\"stored\":[\"raw/demo/0\"]");
        assertThat(bytes("raw/demo/0")).isEqualTo(HELLO);

        HttpResponse<byte[]> noKey = batch(new FormBody().file("files", HELLO).end());
        assertThat(noKey.statusCode()).isEqualTo(400);
        assertThat(text(noKey)).contains("0 keys and 1 files").doesNotContain("stored");
    }

    @Test
    void batch_thatEndsEarly_keepsWhatSucceeded() throws IOException {
        HttpResponse<byte[]> answer = batch(new FormBody()
                .field("keys", "raw/demo/0")
                .file("files", HELLO)
                .field("keys", "raw/demo/1")
                .raw("--" + FormBody.BOUNDARY + "\r\nContent-Disposition: form-data; name=files\r\n\r\nhel")
                .cut());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("\"stored\":[\"raw/demo/0\"]");
        assertThat(bytes("raw/demo/0")).isEqualTo(HELLO);
        assertThat(stat("raw/demo/1")).isEmpty();
    }

    private HttpResponse<byte[]> upload(byte[] body) {
        return upload(body, new FormBody().contentType());
    }

    private HttpResponse<byte[]> upload(byte[] body, String type) {
        return SERVICE.send(SERVICE.request("/api/v1/s3/upload")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> upload(byte[] body, String header, String value) {
        return SERVICE.send(SERVICE.request("/api/v1/s3/upload")
                .header("Content-Type", new FormBody().contentType())
                .header(header, value)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> batch(byte[] body) {
        return SERVICE.send(SERVICE.request("/api/v1/s3/upload/batch")
                .header("Content-Type", new FormBody().contentType())
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private Optional<ObjectInfo> stat(String key) {
        return STORAGE.objects().stat(new ObjectKey(key));
    }

    private byte[] bytes(String key) throws IOException {
        return STORAGE.objects().read(new ObjectKey(key), ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
    }
}
