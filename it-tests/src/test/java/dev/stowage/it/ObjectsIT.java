package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storing and reading files, on every store. */
class ObjectsIT extends ServiceSuite {

    @Test
    void put_thenDownload_returnsTheSameBytesAndHeaders() {
        byte[] body = bytes(100_000);

        Reply stored = api.store(key("a.bin"), body, "Content-Type", "image/png", "X-Meta-Color", "blue");
        Reply got = api.get(Paths.DOWNLOAD + key("a.bin"));

        assertThat(stored.status()).isIn(stand.newFileStatuses());
        assertThat(stored.json().path("key").asText()).isEqualTo(key("a.bin"));
        assertThat(stored.json().path("bucket").asText()).isEqualTo(stand.bucket());
        assertThat(stored.json().path("size").asLong()).isEqualTo(body.length);
        assertThat(stored.json().path("content_type").asText()).isEqualTo("image/png");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(body);
        assertThat(got.header("Content-Type")).isEqualTo("image/png");
        assertThat(got.header("ETag"))
                .isEqualTo('"' + stored.json().path("etag").asText() + '"');
        assertThat(got.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(got.header("X-Request-Id")).isNotEmpty();
    }

    @Test
    void put_onAnExistingFile_replacesItWith200() {
        api.store(key("a.txt"), bytes(10));

        Reply second = api.store(key("a.txt"), bytes(20));

        assertThat(second.status()).isEqualTo(200);
        assertThat(api.get(Paths.DOWNLOAD + key("a.txt")).body()).isEqualTo(bytes(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 8_388_608, 16_777_216, 16_777_217, 30_000_000})
    void put_ofAnySize_roundTrips(int size) {
        api.store(key("s.bin"), bytes(size));

        assertThat(api.get(Paths.DOWNLOAD + key("s.bin")).body()).isEqualTo(bytes(size));
        assertThat(api.get(Paths.METADATA + key("s.bin")).json().path("size").asLong())
                .isEqualTo(size);
    }

    @Test
    void put_ofUnknownLength_roundTrips() {
        byte[] body = bytes(20_000_000);

        Reply stored = api.send(
                "PUT",
                Paths.OBJECT + key("chunked.bin"),
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));

        assertThat(stored.status()).isIn(stand.newFileStatuses());
        assertThat(api.get(Paths.DOWNLOAD + key("chunked.bin")).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.txt",
                "plus+sign.txt",
                "percent%20literal.txt",
                "hash#mark.txt",
                "question?mark.txt",
                "sub/folder/file.txt",
                "ünïcödé-文件-🗄.txt",
                "quote\"and'apostrophe.txt",
                "semi;colon=equals&ampersand.txt"
            })
    void anyKey_roundTripsThroughEveryEndpoint(String filename) {
        String key = key(filename);
        String encoded = Api.encode(key);

        assertThat(api.store(key, bytes(5)).json().path("key").asText()).isEqualTo(key);
        assertThat(api.get(Paths.DOWNLOAD + encoded).body()).isEqualTo(bytes(5));
        assertThat(api.get(Paths.DOWNLOAD + encoded.replace("/", "%2F")).body()).isEqualTo(bytes(5));
        assertThat(api.head(Paths.EXISTS + encoded).status()).isEqualTo(200);
        assertThat(api.get(Paths.METADATA + encoded).json().path("key").asText())
                .isEqualTo(key);
        assertThat(api.get(Paths.LIST + "?prefix=" + Api.query(key))
                        .json()
                        .path("files")
                        .path(0)
                        .path("key")
                        .asText())
                .isEqualTo(key);
        assertThat(api.delete(Paths.OBJECT + encoded).status()).isEqualTo(204);
        assertThat(api.head(Paths.EXISTS + encoded).status()).isEqualTo(404);
    }

    @Test
    void upload_byForm_storesFileWithMetadata() {
        Form form = new Form()
                .field("key", key("f.txt"))
                .field("metadata", "{\"Author\": \"Zoë\", \"note\": \"plain\"}")
                .file("file", "f.txt", "text/plain", bytes(1000));

        Reply stored = api.send("POST", Paths.OBJECT + "upload", form.body(), "Content-Type", form.contentType());
        Reply metadata = api.get(Paths.METADATA + key("f.txt"));

        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(metadata.json().path("content_type").asText()).isEqualTo("text/plain");
        assertThat(metadata.json().path("metadata").path("author").asText()).isEqualTo("Zoë");
        assertThat(metadata.json().path("metadata").path("note").asText()).isEqualTo("plain");
        assertThat(metadata.json().path("last_modified").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void upload_withTheFileBeforeItsFields_storesTheSame() {
        Form form = new Form()
                .file("file", "f.txt", "text/plain", bytes(300_000))
                .field("content_type", "text/csv")
                .field("key", key("late.txt"))
                .field("metadata", "{\"a\": \"b\"}");

        Reply stored = api.send("POST", Paths.OBJECT + "upload", form.body(), "Content-Type", form.contentType());
        Reply metadata = api.get(Paths.METADATA + key("late.txt"));

        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(metadata.json().path("content_type").asText()).isEqualTo("text/csv");
        assertThat(metadata.json().path("metadata").path("a").asText()).isEqualTo("b");
        assertThat(api.get(Paths.DOWNLOAD + key("late.txt")).body()).isEqualTo(bytes(300_000));
    }

    @Test
    void batchUpload_pairsKeysWithFiles_andOneInvalidKeyDoesNotAffectOthers() {
        Form form = new Form()
                .field("keys", key("1.txt"))
                .field("keys", "elsewhere/2.txt")
                .field("keys", key("3.txt"))
                .file("files", "1", "text/plain", bytes(1))
                .file("files", "2", "text/plain", bytes(2))
                .file("files", "3", "text/plain", bytes(3));

        Reply reply = api.send("POST", Paths.OBJECT + "upload/batch", form.body(), "Content-Type", form.contentType());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("total").asInt()).isEqualTo(3);
        assertThat(reply.json().path("successful").asInt()).isEqualTo(2);
        assertThat(reply.json().path("failed").asInt()).isEqualTo(1);
        assertThat(reply.json().path("results").path(1).path("success").asBoolean())
                .isFalse();
        assertThat(api.get(Paths.DOWNLOAD + key("3.txt")).body()).isEqualTo(bytes(3));
    }

    @Test
    void metadata_withUnicodeValues_roundTrips() {
        Form form = new Form()
                .field("key", key("m.txt"))
                .field("metadata", "{\"title\": \"日本語 – 🗄 = a_b?\", \"empty\": \"\"}")
                .file("file", "f.txt", "text/plain", bytes(3));

        api.send("POST", Paths.OBJECT + "upload", form.body(), "Content-Type", form.contentType());

        assertThat(api.get(Paths.METADATA + key("m.txt"))
                        .json()
                        .path("metadata")
                        .path("title")
                        .asText())
                .isEqualTo("日本語 – 🗄 = a_b?");
    }

    @Test
    void copyAndMove_keepBytesAndMetadata() {
        api.store(key("a.txt"), bytes(50), "Content-Type", "text/plain", "X-Meta-Kind", "draft");

        Reply copied = api.post(Paths.OBJECT + "copy", Map.of("source_key", key("a.txt"), "target_key", key("b.txt")));
        Reply moved = api.post(Paths.OBJECT + "move", Map.of("source_key", key("a.txt"), "target_key", key("c.txt")));

        assertThat(copied.status()).as(copied.text()).isEqualTo(200);
        assertThat(copied.json().path("key").asText()).isEqualTo(key("b.txt"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(api.head(Paths.EXISTS + key("a.txt")).status()).isEqualTo(404);
        for (String name : new String[] {"b.txt", "c.txt"}) {
            assertThat(api.get(Paths.DOWNLOAD + key(name)).body()).isEqualTo(bytes(50));
            assertThat(api.get(Paths.METADATA + key(name))
                            .json()
                            .path("metadata")
                            .path("kind")
                            .asText())
                    .isEqualTo("draft");
        }
    }

    @Test
    void copy_withoutOverwrite_ontoAFile_isRefused() {
        api.store(key("a.txt"), bytes(5));
        api.store(key("b.txt"), bytes(6));

        Reply reply = api.post(
                Paths.OBJECT + "copy",
                Map.of("source_key", key("a.txt"), "target_key", key("b.txt"), "overwrite", false));

        assertThat(reply.status()).isEqualTo(412);
        assertThat(api.get(Paths.DOWNLOAD + key("b.txt")).body()).isEqualTo(bytes(6));
    }

    @Test
    void deleteBatch_reportsWhichExisted() {
        api.store(key("a.txt"), bytes(5));

        Reply reply = api.post(
                Paths.OBJECT + "delete/batch", "{\"keys\": [\"" + key("a.txt") + "\", \"" + key("none.txt") + "\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("successful").asInt()).isEqualTo(1);
        assertThat(reply.json().path("results").path(0).path("success").asBoolean())
                .isTrue();
        assertThat(reply.json().path("results").path(1).path("success").asBoolean())
                .isFalse();
        assertThat(reply.json().path("results").path(1).path("message").asText())
                .isEqualTo("File not found");
        assertThat(api.head(Paths.EXISTS + key("a.txt")).status()).isEqualTo(404);
    }

    @Test
    void objects_areSharedWithOtherClientsOfTheStore() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                stand.outside().isPresent(), "the embedded store has no door of its own");
        byte[] body = "from outside".getBytes(StandardCharsets.UTF_8);
        api.store(key("mine.txt"), bytes(20_000_000), "X-Meta-From", "inside");
        stand.outside().orElseThrow().put(key("theirs.txt"), body);

        var mine = stand.outside().orElseThrow().get(key("mine.txt"));

        assertThat(mine.asByteArray()).isEqualTo(bytes(20_000_000));
        assertThat(mine.response().metadata()).containsEntry("from", "inside");
        assertThat(api.get(Paths.DOWNLOAD + key("theirs.txt")).body()).isEqualTo(body);
    }
}
