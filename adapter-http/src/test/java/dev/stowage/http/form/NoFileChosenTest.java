package dev.stowage.http.form;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.http.RunningService;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms with a file field in which no file was chosen, and empty files. */
final class NoFileChosenTest {

    private static final ObjectKey KEY = new ObjectKey("raw/demo/a.txt");
    private static final byte[] EMPTY = new byte[0];

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @BeforeEach
    void store() {
        storage.objects().put(KEY, Content.of("precious".getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; filename=\"\"\r\nContent-Type: application/octet-stream",
                "; filename=",
                "; filename",
                "; filename*=UTF-8''",
                "; filename=\"\"; filename*=UTF-8''",
                ""
            })
    void upload_isRefused_andWhatIsStoredStays(String parameter) {
        HttpResponse<byte[]> keyFirst = send(
                "POST",
                "/upload",
                part(new FormBody().field("key", KEY.value()), "file", parameter, EMPTY)
                        .end());
        HttpResponse<byte[]> keyLast = send(
                "POST",
                "/upload",
                part(new FormBody(), "file", parameter, EMPTY)
                        .field("key", KEY.value())
                        .end());

        assertThat(keyFirst.statusCode()).as(text(keyFirst)).isEqualTo(400);
        assertThat(text(keyFirst)).contains("\"error\":\"InvalidRequest\"").contains("Choose a file");
        assertThat(keyLast.statusCode()).as(text(keyLast)).isEqualTo(400);
        assertThat(size()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"; filename=\"empty.txt\"", "; filename=\" \"", "; filename*=UTF-8''a", "; filename=\"a''\""})
    void upload_ofAnEmptyFileWithAName_isStored(String parameter) {
        HttpResponse<byte[]> answer = send(
                "POST",
                "/upload",
                part(new FormBody().field("key", KEY.value()), "file", parameter, EMPTY)
                        .end());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        assertThat(size()).isZero();
    }

    @Test
    void upload_ofBytesWithoutAName_isStored() {
        HttpResponse<byte[]> answer = send(
                "POST",
                "/upload",
                part(new FormBody().field("key", KEY.value()), "file", "; filename=\"\"", new byte[5])
                        .end());

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        assertThat(size()).isEqualTo(5);
    }

    @Test
    void batch_failsOnlyThatItem_whereverItsKeyIs() {
        FormBody form = new FormBody().field("keys", KEY.value());
        part(form, "files", "; filename=\"\"", EMPTY);
        part(form, "files", "; filename=\"\"", EMPTY).field("keys", "raw/demo/b.txt");
        part(form.field("keys", "raw/demo/c.txt"), "files", "; filename=\"c.txt\"", EMPTY);
        HttpResponse<byte[]> answer = send("POST", "/upload/batch", form.end());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .contains("\"total\":3,\"successful\":1,\"failed\":2")
                .contains("Choose a file");
        assertThat(size()).isEqualTo(8);
        assertThat(storage.objects().stat(new ObjectKey("raw/demo/b.txt"))).isEmpty();
        assertThat(storage.objects().stat(new ObjectKey("raw/demo/c.txt"))).isPresent();
    }

    @Test
    void part_isRefused_andTheStoredOneStays() {
        String id = text(service.postJson("/api/v1/s3/multipart/create", "{\"key\": \"raw/demo/m\"}"))
                .replaceAll(".*\"upload_id\":\"([^\"]+)\".*", "$1");
        assertThat(part(id, "; filename=\"a\"", new byte[3]).statusCode()).isEqualTo(200);

        HttpResponse<byte[]> answer = part(id, "; filename=\"\"", EMPTY);

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(400);
        assertThat(text(service.get("/api/v1/s3/multipart/list-parts?key=raw/demo/m&upload_id=" + id)))
                .contains("\"size\":3");
    }

    private HttpResponse<byte[]> part(String id, String parameter, byte[] content) {
        FormBody fields =
                new FormBody().field("key", "raw/demo/m").field("upload_id", id).field("part_number", "1");
        return send(
                "PUT",
                "/multipart/upload-part",
                part(fields, "file", parameter, content).end());
    }

    private static FormBody part(FormBody form, String field, String parameter, byte[] content) {
        return form.part("Content-Disposition: form-data; name=\"" + field + "\"" + parameter + "\r\n", content);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] form) {
        return service.send(service.request("/api/v1/s3" + path)
                .header("Content-Type", new FormBody().contentType())
                .method(method, BodyPublishers.ofByteArray(form)));
    }

    private long size() {
        return storage.objects().stat(KEY).orElseThrow().size();
    }
}
