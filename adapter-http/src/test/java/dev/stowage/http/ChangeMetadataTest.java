package dev.stowage.http;

import static dev.stowage.http.RunningService.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH} of a file's metadata. */
final class ChangeMetadataTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final String PATH = "/api/v1/s3/metadata/raw/p/a";
    private static final ObjectAttributes BEFORE = new ObjectAttributes(
            new ContentType("text/plain"),
            new Metadata(Map.of("a", "1", "b", "2")),
            new HeaderAttributes(
                    Map.of(HeaderAttribute.CACHE_CONTROL, "no-store", HeaderAttribute.CONTENT_ENCODING, "gzip")));

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage);

    @BeforeEach
    void storeFile() {
        store("hello");
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void whatIsNamed_changes_andTheRestStays() {
        HttpResponse<byte[]> answer = patch("{\"cache_control\":\"private\",\"content_type\":\"a/b\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo(text(service.get(PATH))).contains("\"cache_control\":\"private\"");
        assertThat(stored())
                .isEqualTo(new ObjectAttributes(
                        new ContentType("a/b"),
                        BEFORE.metadata(),
                        new HeaderAttributes(Map.of(
                                HeaderAttribute.CACHE_CONTROL, "private", HeaderAttribute.CONTENT_ENCODING, "gzip"))));
        assertThat(text(service.get("/api/v1/s3/download/raw/p/a"))).isEqualTo("hello");
    }

    @Test
    void null_removes() {
        assertThat(patch("{\"content_type\":null,\"metadata\":null,\"cache_control\":null,\"content_encoding\":null}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(stored()).isEqualTo(ObjectAttributes.DEFAULT);
    }

    @Test
    void metadata_isReplacedAsAWhole() {
        patch("{\"metadata\":{\"C\":\"3\"}}");

        assertThat(stored())
                .isEqualTo(
                        new ObjectAttributes(BEFORE.contentType(), new Metadata(Map.of("c", "3")), BEFORE.headers()));
    }

    @Test
    void nothingNamed_changesNothing() {
        assertThat(patch("{}").statusCode()).isEqualTo(200);

        assertThat(stored()).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"contenttype\":\"a/b\"}    | contenttype",
                "{\"content_type\":1}         | content_type",
                "{\"metadata\":[]}            | metadata",
                "{\"metadata\":{\"a\":null}}  | metadata.a",
                "{\"cache_control\":{}}       | cache_control",
                "{\"cache_control\":\"a\\nb\"}| cache_control"
            })
    void fieldThatIsWrong_is400_andNamed(String body, String field) {
        HttpResponse<byte[]> answer = patch(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("\"field\":\"" + field + "\"");
        assertThat(stored()).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "", "{", "{\"content_type\":\"image\"}", "{} {}"})
    void bodyThatIsWrong_is400(String body) {
        assertThat(patch(body).statusCode()).isEqualTo(400);
    }

    @Test
    void missingFile_is404() {
        assertThat(service.send(request("/api/v1/s3/metadata/raw/p/none", "{\"cache_control\":\"x\"}"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere/a", "raw/p//a", "raw/p/"})
    void keyThatOtherClientsGave_keepsItsKey(String key) {
        ObjectKey foreign = new ObjectKey(key);
        storage.objects().put(foreign, Content.of(new byte[] {1}), PutOptions.of(BEFORE));

        assertThat(service.send(request("/api/v1/s3/metadata/" + key, "{\"cache_control\":\"private\"}"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(storage.objects()
                        .stat(foreign)
                        .orElseThrow()
                        .attributes()
                        .headers()
                        .values())
                .containsEntry(HeaderAttribute.CACHE_CONTROL, "private");
    }

    @Test
    void conditions_hold() {
        String etag = service.get("/api/v1/s3/download/raw/p/a")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(conditional("If-Match", "\"other\"")).isEqualTo(412);
        assertThat(conditional("If-None-Match", "*")).isEqualTo(412);
        assertThat(conditional("If-None-Match", etag)).isEqualTo(412);
        assertThat(conditional("If-Unmodified-Since", "Sun, 30 Nov 2014 12:00:00 GMT"))
                .isEqualTo(412);
        assertThat(stored()).isEqualTo(BEFORE);
        assertThat(conditional("If-Match", etag)).isEqualTo(200);
        assertThat(conditional("If-Match", "*")).isEqualTo(200);
        assertThat(conditional("If-Match", "\"other\", " + etag)).isEqualTo(200);
    }

    @Test
    void fileThatIsReplacedMeanwhile_keepsItsNewBytes() {
        AtomicInteger copies = new AtomicInteger();
        ObjectStore racing = new ForwardingObjectStore(storage.objects()) {
            @Override
            public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                if (copies.getAndIncrement() == 0) {
                    store("newer");
                }
                return super.copy(source, target, options);
            }
        };
        try (RunningService other = RunningService.over(new StorageOf(racing))) {
            assertThat(other.send(other.request(PATH)
                                    .header("Content-Type", "application/json")
                                    .method("PATCH", BodyPublishers.ofString("{\"cache_control\":\"private\"}")))
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(text(service.get("/api/v1/s3/download/raw/p/a"))).isEqualTo("newer");
        assertThat(stored().headers().values()).containsEntry(HeaderAttribute.CACHE_CONTROL, "private");
    }

    private int conditional(String name, String value) {
        return service.send(request(PATH, "{\"content_language\":\"de\"}").header(name, value))
                .statusCode();
    }

    private HttpResponse<byte[]> patch(String body) {
        return service.send(request(PATH, body));
    }

    private HttpRequest.Builder request(String path, String body) {
        return service.request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body));
    }

    private void store(String text) {
        storage.objects().put(KEY, Content.of(text.getBytes(StandardCharsets.UTF_8)), PutOptions.of(BEFORE));
    }

    private ObjectAttributes stored() {
        return storage.objects().stat(KEY).orElseThrow().attributes();
    }
}
