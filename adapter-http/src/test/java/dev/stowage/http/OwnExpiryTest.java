package dev.stowage.http;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.port.Capability;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code expires_in} of single uploads, on all routes that take it, and {@code expires_at} in the metadata. */
final class OwnExpiryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/v1/s3/";
    private static final String KEY = "raw/p/a.txt";
    private static final String FILE =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nhello\r\n";
    private static final String FILES =
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"f\"\r\n\r\nhello\r\n";

    private static final TestClock CLOCK = new TestClock();
    private static final RunningService SERVICE = RunningService.over(
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), CLOCK));

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void put_withExpiresIn_expiresSoManySecondsAfterItWasStored() throws IOException {
        assertThat(put(KEY, "?expires_in=60").statusCode()).isEqualTo(201);

        assertThat(metadata(KEY).path("expires_at").asText())
                .isEqualTo(CLOCK.instant().plusSeconds(60).toString());
        assertThat(metadata(KEY).path("metadata")).isEmpty();
        assertThat(SERVICE.get(API + "download/" + KEY).headers().map().keySet())
                .noneMatch(name -> name.contains("stowage"));
        delete(KEY);
    }

    @Test
    void overwriteWithout_hasNoExpiry() throws IOException {
        put(KEY, "?expires_in=60");
        put(KEY, "");

        assertThat(metadata(KEY).path("expires_at").isNull()).isTrue();
        delete(KEY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void form_takesTheField_beforeAndBehindTheFile(boolean behind) throws IOException {
        String field = field("expires_in", "60");
        HttpResponse<byte[]> answer = form("upload", field("key", KEY) + (behind ? FILE + field : field + FILE));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertExpires(KEY);
    }

    @Test
    void form_takesTheQuery_unlessTheFieldDiffers() throws IOException {
        assertThat(form("upload?expires_in=60", field("key", KEY) + FILE).statusCode())
                .isEqualTo(201);
        assertExpires(KEY);

        HttpResponse<byte[]> both = form("upload?expires_in=60", field("key", KEY) + field("expires_in", "61") + FILE);
        assertThat(both.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"upload/batch?expires_in=60,", "upload/batch,60"})
    void batch_takesItForAllFiles(String path, String seconds) throws IOException {
        String fields = seconds == null ? "" : field("expires_in", seconds);
        HttpResponse<byte[]> answer =
                form(path, fields + field("keys", KEY) + FILES + field("keys", "raw/p/b.txt") + FILES);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(metadata("raw/p/b.txt").path("expires_at").asText())
                .isEqualTo(CLOCK.instant().plusSeconds(60).toString());
        assertExpires(KEY);
        delete("raw/p/b.txt");
    }

    @Test
    void batch_refusesTheField_behindAFile() {
        HttpResponse<byte[]> answer = form("upload/batch", field("keys", KEY) + FILES + field("expires_in", "60"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("must come before all files");
        delete(KEY);
    }

    @Test
    void multipart_countsFromTheCompletion() throws IOException {
        JsonNode upload =
                JSON.readTree(SERVICE.postJson(API + "multipart/create", "{\"key\":\"" + KEY + "\",\"expires_in\":60}")
                        .body());
        String id = upload.path("upload_id").asText();
        SERVICE.send(SERVICE.request(API + "multipart/upload-part?key=" + KEY + "&upload_id=" + id + "&part_number=1")
                .PUT(BodyPublishers.ofString("x")));
        CLOCK.advance(Duration.ofHours(1));
        SERVICE.postJson(API + "multipart/complete", "{\"key\":\"" + KEY + "\",\"upload_id\":\"" + id + "\"}");

        assertExpires(KEY);
    }

    @Test
    void tus_takesItFromTheMetadata() throws IOException {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/tus")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Metadata", "key " + base64(KEY) + ",expires_in " + base64("60"))
                .POST(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertExpires(KEY);
    }

    @Test
    void draft_takesItFromTheQuery() throws IOException {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request("/api/v1/resumable?key=" + KEY + "&expires_in=60")
                .header("Upload-Draft-Interop-Version", "8")
                .header("Upload-Complete", "?1")
                .POST(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertExpires(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "\"60\""})
    void companion_takesItFromTheMetadata(String value) throws IOException {
        JsonNode upload = JSON.readTree(SERVICE.postJson(
                        "/api/v1/companion/s3/multipart",
                        "{\"filename\":\"a.txt\",\"type\":\"text/plain\",\"metadata\":{\"key\":\"" + KEY
                                + "\",\"expires_in\":" + value + "}}")
                .body());
        String id = upload.path("uploadId").asText();
        HttpResponse<byte[]> part = SERVICE.send(
                SERVICE.request(API + "multipart/upload-part?key=" + KEY + "&upload_id=" + id + "&part_number=1")
                        .PUT(BodyPublishers.ofString("x")));
        assertThat(part.statusCode()).isEqualTo(200);
        SERVICE.postJson(API + "multipart/complete", "{\"key\":\"" + KEY + "\",\"upload_id\":\"" + id + "\"}");

        assertExpires(KEY);
    }

    @Test
    void companionParams_passItOnToTheForm() throws IOException {
        String query = "?filename=a.txt&type=text/plain&metadata%5Bkey%5D=" + KEY + "&metadata%5Bexpires_in%5D=60";

        assertThat(JSON.readTree(SERVICE.get("/api/v1/companion/s3/params" + query)
                                .body())
                        .at("/fields/expires_in")
                        .asText())
                .isEqualTo("60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1h", "%2B60", "3155760001", "99999999999999999999"})
    void numberOutOfBounds_is400_andNothingIsStored(String seconds) {
        String decoded = seconds.replace("%2B", "+");
        for (HttpResponse<byte[]> answer : List.of(
                put(KEY, "?expires_in=" + seconds),
                form("upload", field("key", KEY) + field("expires_in", decoded) + FILE),
                form("upload", field("key", KEY) + FILE + field("expires_in", decoded)),
                form("upload/batch", field("expires_in", decoded) + field("keys", KEY) + FILES),
                SERVICE.send(SERVICE.request("/api/v1/resumable?key=" + KEY + "&expires_in=" + seconds)
                        .header("Upload-Draft-Interop-Version", "8")
                        .header("Upload-Complete", "?1")
                        .POST(BodyPublishers.ofString("x"))),
                SERVICE.send(SERVICE.request("/api/v1/tus")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", "1")
                        .header("Upload-Metadata", "key " + base64(KEY) + ",expires_in " + base64(decoded))
                        .POST(BodyPublishers.noBody())))) {
            assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(400);
            assertThat(text(answer)).contains("\"error\":\"InvalidExpiry\"", "1 to 3155760000");
        }
        assertThat(SERVICE.send("HEAD", API + "exists/" + KEY).statusCode()).isEqualTo(404);
    }

    @Test
    void emptyNumber_outsideOfForms_is400() {
        for (HttpResponse<byte[]> answer : List.of(
                put(KEY, "?expires_in="),
                form("upload?expires_in=", field("key", KEY) + FILE),
                SERVICE.send(SERVICE.request("/api/v1/tus")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", "1")
                        .header("Upload-Metadata", "key " + base64(KEY) + ",expires_in")
                        .POST(BodyPublishers.noBody())))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("InvalidExpiry");
        }
        assertThat(SERVICE.send("HEAD", API + "exists/" + KEY).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "0,InvalidExpiry",
        "3155760001,InvalidExpiry",
        "99999999999999999999,InvalidExpiry",
        "'\"1h\"',InvalidRequest",
        "1.5,InvalidRequest"
    })
    void multipartCreate_withInvalidNumber_is400(String value, String error) {
        HttpResponse<byte[]> answer =
                SERVICE.postJson(API + "multipart/create", "{\"key\":\"" + KEY + "\",\"expires_in\":" + value + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains(error);
    }

    @Test
    void metadataOfTheReservedName_isRefused() {
        HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request(API + KEY)
                .header("X-Meta-Stowage-Expires", "+60")
                .PUT(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("expires_in");
    }

    @Test
    void copy_hasNoExpiry_andMoveKeepsIt() throws IOException {
        put(KEY, "?expires_in=60");
        Instant expiry = CLOCK.instant().plusSeconds(60);
        CLOCK.advance(Duration.ofSeconds(10));

        SERVICE.postJson(API + "copy", "{\"source_key\":\"" + KEY + "\",\"target_key\":\"raw/p/copy\"}");
        SERVICE.postJson(API + "move", "{\"source_key\":\"" + KEY + "\",\"target_key\":\"raw/p/moved\"}");

        assertThat(metadata("raw/p/copy").path("expires_at").isNull()).isTrue();
        assertThat(metadata("raw/p/moved").path("expires_at").asText()).isEqualTo(expiry.toString());
        delete("raw/p/copy");
        delete("raw/p/moved");
    }

    @Test
    void changeOfMetadata_keepsTheTime() throws IOException {
        put(KEY, "?expires_in=60");
        Instant expiry = CLOCK.instant().plusSeconds(60);
        CLOCK.advance(Duration.ofSeconds(10));

        for (String change : List.of("{\"metadata\":{\"a\":\"b\"}}", "{\"cache_control\":\"no-store\"}")) {
            HttpResponse<byte[]> answer = SERVICE.send(SERVICE.request(API + "metadata/" + KEY)
                    .header("Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString(change)));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).path("expires_at").asText()).isEqualTo(expiry.toString());
        }
        assertThat(metadata(KEY).path("expires_at").asText()).isEqualTo(expiry.toString());
        assertThat(metadata(KEY).path("metadata").toString()).isEqualTo("{\"a\":\"b\"}");
        delete(KEY);
    }

    private static HttpResponse<byte[]> put(String key, String query) {
        return SERVICE.send(SERVICE.request(API + key + query).PUT(BodyPublishers.ofString("hello")));
    }

    private static HttpResponse<byte[]> form(String path, String parts) {
        HttpRequest.Builder request = SERVICE.request(API + path)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(parts + "--b--\r\n"));
        return SERVICE.send(request);
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode metadata(String key) throws IOException {
        return JSON.readTree(SERVICE.get(API + "metadata/" + key).body());
    }

    /** The file expires a minute after now. */
    private static void assertExpires(String key) throws IOException {
        assertThat(metadata(key).path("expires_at").asText())
                .isEqualTo(CLOCK.instant().plusSeconds(60).toString());
        delete(key);
    }

    /** So that the next test begins without it. */
    private static void delete(String key) {
        assertThat(SERVICE.send("DELETE", API + key).statusCode()).isEqualTo(204);
    }
}
