package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Multipart uploads. */
@RunsOn({StandKind.EMBEDDED, StandKind.LOCALSTACK, StandKind.POSTGRES})
class MultipartIT extends ServiceSuite {

    private static final int PART = 5 * 1024 * 1024;

    @Test
    void parts_inAnyOrder_becomeTheFile() {
        String upload = create("big.bin");
        String second =
                putPart("big.bin", upload, 2, bytes(100)).json().path("etag").asText();
        String first =
                putPart("big.bin", upload, 1, bytes(PART)).json().path("etag").asText();

        String parts = "[{\"part_number\": 1, \"etag\": \"%s\"}, {\"part_number\": 2, \"etag\": \"%s\"}]"
                .formatted(first, second);
        Reply completed = complete("big.bin", upload, parts);
        Reply again = complete("big.bin", upload, parts);

        assertThat(completed.status()).as(completed.text()).isEqualTo(200);
        assertThat(completed.json().path("size").asLong()).isEqualTo(PART + 100);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(completed.json());
        assertThat(api.get(Paths.DOWNLOAD + key("big.bin")).body())
                .isEqualTo(ByteBuffer.allocate(PART + 100)
                        .put(bytes(PART))
                        .put(bytes(100))
                        .array());
    }

    @Test
    void parts_byForm_areCompletedWithoutAList() {
        String upload = create("form.bin");
        Form part = new Form()
                .field("key", key("form.bin"))
                .field("upload_id", upload)
                .field("part_number", "1")
                .file("file", "blob", "application/octet-stream", bytes(1000));
        Form complete = new Form().field("key", key("form.bin")).field("upload_id", upload);

        Reply stored =
                api.send("PUT", Paths.MULTIPART + "upload-part", part.body(), "Content-Type", part.contentType());
        Reply completed =
                api.send("POST", Paths.MULTIPART + "complete", complete.body(), "Content-Type", complete.contentType());

        assertThat(stored.status()).as(stored.text()).isEqualTo(200);
        assertThat(stored.json().path("part_number").asInt()).isEqualTo(1);
        assertThat(completed.status()).as(completed.text()).isEqualTo(200);
        assertThat(api.get(Paths.DOWNLOAD + key("form.bin")).body()).isEqualTo(bytes(1000));
    }

    @Test
    void anOpenUpload_isListedWithItsParts() {
        String upload = create("open.bin");
        putPart("open.bin", upload, 3, bytes(10));

        JsonNode uploads = api.get(Paths.MULTIPART + "list?prefix=" + Api.query(key("")))
                .json()
                .path("uploads");
        JsonNode parts = api.get(Paths.MULTIPART + "list-parts" + query("open.bin", upload))
                .json()
                .path("parts");
        JsonNode status =
                api.get(Paths.MULTIPART + "status" + query("open.bin", upload)).json();

        assertThat(uploads.size()).isEqualTo(1);
        assertThat(uploads.path(0).path("upload_id").asText()).isEqualTo(upload);
        assertThat(uploads.path(0).path("parts").asInt()).isEqualTo(1);
        assertThat(uploads.path(0).path("bytes").asInt()).isEqualTo(10);
        assertThat(parts.path(0).path("part_number").asInt()).isEqualTo(3);
        assertThat(parts.path(0).path("size").asInt()).isEqualTo(10);
        assertThat(status.path("state").asText()).isEqualTo("open");
    }

    @Test
    void abort_deletesTheUpload_andIs404WhenRepeated() {
        String upload = create("gone.bin");
        putPart("gone.bin", upload, 1, bytes(10));

        assertThat(api.delete(Paths.MULTIPART + "abort" + query("gone.bin", upload))
                        .status())
                .isEqualTo(204);
        assertThat(api.delete(Paths.MULTIPART + "abort" + query("gone.bin", upload))
                        .error())
                .isEqualTo("UploadNotFound");
        assertThat(completeAll("gone.bin", upload).error()).isEqualTo("UploadNotFound");
        assertThat(api.head(Paths.EXISTS + key("gone.bin")).status()).isEqualTo(404);
    }

    @Test
    void status_showsEndedUploads() {
        String completed = create("done.bin");
        putPart("done.bin", completed, 1, bytes(10));
        completeAll("done.bin", completed);
        String aborted = create("gone2.bin");
        api.delete(Paths.MULTIPART + "abort" + query("gone2.bin", aborted));

        assertThat(status("done.bin", completed)).isEqualTo("completed");
        assertThat(status("gone2.bin", aborted)).isEqualTo("aborted");
        Reply late = putPart("gone2.bin", aborted, 1, bytes(10));
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.json().path("detail").path("state").asText()).isEqualTo("aborted");
    }

    @Test
    void complete_withOtherPartsThanBefore_conflicts() {
        String upload = create("other.bin");
        String part = "[{\"part_number\": %d, \"etag\": \"%s\"}]";
        String one =
                putPart("other.bin", upload, 1, bytes(10)).json().path("etag").asText();
        String two =
                putPart("other.bin", upload, 2, bytes(11)).json().path("etag").asText();

        assertThat(complete("other.bin", upload, part.formatted(1, one)).status())
                .isEqualTo(200);
        assertThat(complete("other.bin", upload, part.formatted(2, two)).error())
                .isEqualTo("Conflict");
        assertThat(completeAll("other.bin", upload).json().path("size").asInt()).isEqualTo(10);
    }

    @Test
    void partsSentByPresignedUrls_areListedFromTheStore() throws Exception {
        String upload = create("direct.bin");
        Reply signed = api.post(
                Paths.MULTIPART + "presign-part",
                "{\"key\": \"%s\", \"upload_id\": \"%s\", \"part_number\": 1}".formatted(key("direct.bin"), upload));
        assertThat(signed.status()).as(signed.text()).isEqualTo(200);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(signed.json().path("url").asText()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes(500)));
        signed.json()
                .path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));
        HttpResponse<String> sent =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(sent.statusCode()).as(sent.body()).isBetween(200, 299);

        assertThat(api.get(Paths.MULTIPART + "status" + query("direct.bin", upload))
                        .json()
                        .path("bytes")
                        .asInt())
                .isEqualTo(500);
        assertThat(completeAll("direct.bin", upload).status()).isEqualTo(200);
        assertThat(api.get(Paths.DOWNLOAD + key("direct.bin")).body()).isEqualTo(bytes(500));
    }

    @Test
    void invalidRequests_areReported() {
        String upload = create("bad.bin");
        String etag =
                putPart("bad.bin", upload, 1, bytes(10)).json().path("etag").asText();
        putPart("bad.bin", upload, 2, bytes(11));
        String part = "{\"part_number\": %d, \"etag\": \"%s\"}";

        assertThat(putPart("bad.bin", upload, 0, bytes(1)).error()).isEqualTo("InvalidPartNumber");
        assertThat(putPart("bad.bin", upload, 10_001, bytes(1)).error()).isEqualTo("InvalidPartNumber");
        assertThat(complete("bad.bin", upload, "[" + part.formatted(7, etag) + "]")
                        .error())
                .isEqualTo("InvalidPart");
        assertThat(complete("bad.bin", upload, "[" + part.formatted(1, "0".repeat(32)) + "]")
                        .error())
                .isEqualTo("InvalidPart");
        assertThat(complete("bad.bin", upload, "[" + part.formatted(2, etag) + "," + part.formatted(1, etag) + "]")
                        .error())
                .isEqualTo("InvalidPartOrder");
        assertThat(complete("bad.bin", "no-such-upload", "[" + part.formatted(1, etag) + "]")
                        .error())
                .isEqualTo("UploadNotFound");
    }

    @Test
    void tooSmallPart_isReported() {
        String upload = create("small.bin");
        putPart("small.bin", upload, 1, bytes(10));
        putPart("small.bin", upload, 2, bytes(11));

        assertThat(completeAll("small.bin", upload).error()).isEqualTo("PartTooSmall");
    }

    private String status(String name, String upload) {
        return api.get(Paths.MULTIPART + "status" + query(name, upload))
                .json()
                .path("state")
                .asText();
    }

    private String create(String name) {
        Reply created = api.post(Paths.MULTIPART + "create", Map.of("key", key(name)));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("part_size").asLong()).isGreaterThanOrEqualTo(PART);
        return created.json().path("upload_id").asText();
    }

    private Reply putPart(String name, String upload, int number, byte[] body) {
        return api.put(Paths.MULTIPART + "upload-part" + query(name, upload) + "&part_number=" + number, body);
    }

    private Reply complete(String name, String upload, String parts) {
        return api.post(
                Paths.MULTIPART + "complete",
                "{\"key\": \"%s\", \"upload_id\": \"%s\", \"parts\": %s}".formatted(key(name), upload, parts));
    }

    private Reply completeAll(String name, String upload) {
        return api.post(Paths.MULTIPART + "complete", Map.of("key", key(name), "upload_id", upload));
    }

    private String query(String name, String upload) {
        return "?key=" + Api.query(key(name)) + "&upload_id=" + Api.query(upload);
    }
}
