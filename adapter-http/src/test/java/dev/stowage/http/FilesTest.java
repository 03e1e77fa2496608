package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {

    private static final String API = "/api/v1/s3";
    private static final String ETAG = "5d41402abc4b2a76b9719d911017c592";

    private final InMemoryStorage storage =
            new InMemoryStorage(InMemoryStorage.TINY_PARTS, EnumSet.allOf(Capability.class), RunningService.CLOCK);
    private final RunningService service = RunningService.over(storage);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void exists_tellsByItsStatusAlone() {
        store("raw/p/a");

        HttpResponse<byte[]> there = service.send("HEAD", API + "/exists/raw/p/a");
        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(there.body()).isEmpty();
        assertThat(service.send("HEAD", API + "/exists/raw/p/b").statusCode()).isEqualTo(404);
    }

    @Test
    void metadata_tellsAllThatIsKnown_withTimesToTheSecond() {
        store("raw/p/a");

        assertThat(RunningService.text(service.get(API + "/metadata/raw/p/a")))
                .isEqualTo("{\"key\":\"raw/p/a\",\"bucket\":\"memory\",\"size\":5,\"etag\":\"" + ETAG
                        + "\",\"last_modified\":\"2025-11-30T12:00:00Z\",\"content_type\":\"application/octet-stream\","
                        + "\"metadata\":{},\"cache_control\":null,\"content_disposition\":null,"
                        + "\"content_encoding\":null,\"content_language\":null,\"expires_at\":null}");
    }

    @Test
    void delete_is204_andThen404() {
        store("raw/p/a");

        HttpResponse<byte[]> deleted = service.send("DELETE", API + "/raw/p/a");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("Content-Type")).isEmpty();
        assertThat(service.send("DELETE", API + "/raw/p/a").statusCode()).isEqualTo(404);
    }

    @Test
    void batchDelete_hasAResultForEachKey_inTheirOrder() {
        store("raw/p/a");
        store("raw/p/b");

        HttpResponse<byte[]> response = service.postJson(
                API + "/delete/batch", "{\"keys\":[\"raw/p/a\",\"raw/p/none\",\"a/../b\",\"raw/p/b\"]}");

        assertThat(RunningService.text(response))
                .isEqualTo("{\"results\":[{\"key\":\"raw/p/a\",\"success\":true,\"message\":\"Deleted\"},"
                        + "{\"key\":\"raw/p/none\",\"success\":false,\"error\":\"FileNotFound\",\"message\":\"File not found\"},"
                        + "{\"key\":\"a/../b\",\"success\":false,\"error\":\"InvalidKey\",\"message\":\"The key contains the segment ..\"},"
                        + "{\"key\":\"raw/p/b\",\"success\":true,\"message\":\"Deleted\"}],"
                        + "\"total\":4,\"successful\":2,\"failed\":2}");
        assertThat(storage.objects().stat(new ObjectKey("raw/p/b"))).isEmpty();
    }

    @Test
    void batchDelete_takes1000LongKeys_andNot1001() {
        HttpResponse<byte[]> most = service.postJson(API + "/delete/batch", keys(1000));
        HttpResponse<byte[]> tooMany = service.postJson(API + "/delete/batch", keys(1001));

        assertThat(most.statusCode()).isEqualTo(200);
        assertThat(RunningService.text(most)).contains("\"total\":1000");
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(tooMany)).contains("\"error\":\"TooManyKeys\"");
    }

    @Test
    void list_pagesThroughKeysAndPrefixes() {
        store("raw/p/a");
        store("raw/p/b/c");
        store("raw/p/d");

        String first = RunningService.text(service.get(API + "/list?prefix=raw%2Fp%2F&delimiter=/&max_keys=2"));
        assertThat(first)
                .contains("\"files\":[{\"key\":\"raw/p/a\",\"size\":5,\"last_modified\":\"2025-11-30T12:00:00Z\"")
                .contains("\"common_prefixes\":[\"raw/p/b/\"]")
                .contains("\"is_truncated\":true");
        String token = first.replaceAll(".*\"next_continuation_token\":\"([^\"]+)\".*", "$1");
        assertThat(RunningService.text(
                        service.get(API + "/list?prefix=raw/p/&delimiter=/&max_keys=2&continuation_token=" + token)))
                .contains("\"key\":\"raw/p/d\"")
                .contains("\"next_continuation_token\":null,\"is_truncated\":false");
    }

    @Test
    void list_withAnUnknownToken_is400() {
        assertThat(service.get(API + "/list?continuation_token=nonsense").statusCode())
                .isEqualTo(400);
    }

    @Test
    void copy_leavesTheSource_andMoveDoesNot() {
        store("raw/p/a");

        HttpResponse<byte[]> copied =
                service.postJson(API + "/copy", "{\"source_key\":\"raw/p/a\",\"target_key\":\"processed/p/b\"}");
        assertThat(copied.statusCode()).isEqualTo(200);
        assertThat(RunningService.text(copied))
                .isEqualTo("{\"key\":\"processed/p/b\",\"bucket\":\"memory\",\"size\":5,\"etag\":\"" + ETAG
                        + "\",\"content_type\":\"application/octet-stream\"}");
        assertThat(service.postJson(
                                API + "/move",
                                "{\"source_key\":\"raw/p/a\",\"target_key\":\"processed/p/b\",\"overwrite\":false}")
                        .statusCode())
                .isEqualTo(412);
        assertThat(service.postJson(API + "/move", "{\"source_key\":\"raw/p/a\",\"target_key\":\"processed/p/c\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(storage.objects().stat(new ObjectKey("raw/p/a"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                     | InvalidRequest | ``
            null                                                   | InvalidRequest | ``
            []                                                     | InvalidRequest | ``
            {                                                      | InvalidRequest | ``
            {"source_key":"raw/p/a"}                               | InvalidRequest | target_key
            {"source_key":null,"target_key":"raw/p/b"}             | InvalidRequest | source_key
            {"source_key":1,"target_key":"raw/p/b"}                | InvalidRequest | source_key
            {"source_key":"a","target_key":"raw/p/b","overwrite":1}    | InvalidRequest | overwrite
            {"source_key":"a","target_key":"raw/p/b","overwrite":"true"} | InvalidRequest | overwrite
            {"source_key":"a","target_key":"raw/p/b","nope":1}     | InvalidRequest | nope
            {"source_key":"a","source_key":"b","target_key":"raw/p/b"} | InvalidRequest | ``
            {"source_key":"a","target_key":"raw/p/b"} x            | InvalidRequest | ``
            {"source_key":"a","target_key":"raw/p/b"} {}           | InvalidRequest | ``
            {"source_key":"raw/p/a","target_key":"raw/p/a"}        | InvalidRequest | target_key
            {"source_key":"a/../b","target_key":"raw/p/a"}         | InvalidKey     | ``
            {"source_key":"raw/p/a","target_key":"raw/p//a"}       | InvalidKey     | ``
            {"source_key":"raw/p/a","target_key":"elsewhere"}      | InvalidKey     | ``
            """)
    void wrongJson_is400_andNamesTheField(String json, String error, String field) {
        HttpResponse<byte[]> response = service.postJson(API + "/copy", json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(response))
                .contains("\"error\":\"" + error + "\"")
                .doesNotContain("dev.stowage");
        if (!field.isEmpty()) {
            assertThat(RunningService.text(response))
                    .contains("\"detail\":{\"field\":\"" + field + "\"}")
                    .containsPattern("\"message\":\"[^\"]*" + field);
        }
    }

    @Test
    void nestedFields_areNamedByTheirPath() {
        HttpResponse<byte[]> response = service.postJson(API + "/delete/batch", "{\"keys\":[\"raw/p/a\",[]]}");

        assertThat(RunningService.text(response)).contains("\"field\":\"keys[1]\"");
        assertThat(RunningService.text(service.postJson(API + "/delete/batch", "{\"keys\":[null]}")))
                .contains("\"field\":\"keys[0]\"");
        assertThat(RunningService.text(service.postJson(API + "/delete/batch", "{\"keys\":[]}")))
                .contains("at least one file");
    }

    @Test
    void otherTypesThanJson_are415() {
        HttpResponse<byte[]> response = service.send(service.request(API + "/copy")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(RunningService.text(response)).contains("\"error\":\"UnsupportedMediaType\"");
    }

    @Test
    void codedJson_is415() {
        HttpResponse<byte[]> response = service.send(service.request(API + "/copy")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(RunningService.text(response)).contains("without Content-Encoding");
    }

    @Test
    void hugeJson_is413_howeverItIsMade() {
        assertThat(service.postJson(API + "/delete/batch", "{\"keys\":[\"" + "a".repeat(9 << 20) + "\"]}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(service.postJson(API + "/delete/batch", "{\"keys\":[" + "\"\",".repeat(1 << 20) + "\"\"]}")
                        .statusCode())
                .isEqualTo(413);
    }

    private void store(String key) {
        storage.objects()
                .put(new ObjectKey(key), Content.of("hello".getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + "\\u00e4".repeat(500) + i + "\"")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
