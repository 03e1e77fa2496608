package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of invalid input gets the error of the contract, in one format. */
class ErrorsIT extends ServiceSuite {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw/p//a",
                "raw/p/../a",
                "raw/p/./a",
                "raw/p/a%00b",
                "raw/p/a%0Ab",
                "raw/p/a%7Fb",
                "raw/p/a%C2%85b",
                "raw/p/a%E2%80%A8",
                "raw/p/%EF%BB%BFa",
                "raw/p/%E2%80%AEa",
                "raw/p/e%CC%81",
                "raw/p/a%2F",
                "%2Fraw/p/a",
                "raw/p/%2E%2E/a",
                "raw/p/%2F/a",
                "elsewhere/p/a",
                "raw/-p/a",
                "raw/p"
            })
    void put_withAnInvalidKey_namesTheRule(String encoded) {
        Reply reply = api.put(Paths.OBJECT + encoded, bytes(3));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("InvalidKey");
        assertThat(reply.json().path("detail").path("reason").asText()).isNotEmpty();
        assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("X-Request-Id"));
    }

    @Test
    void put_withATooLongKey_isRefused() {
        Reply reply = api.put(Paths.OBJECT + "raw/p/" + "ä".repeat(600), bytes(3));

        assertThat(reply.error()).isEqualTo("InvalidKey");
    }

    @Test
    void reads_outsideTheLayout_are404() {
        assertThat(api.get(Paths.DOWNLOAD + "elsewhere/a.txt").error()).isEqualTo("FileNotFound");
        assertThat(api.get(Paths.METADATA + "elsewhere/a.txt").error()).isEqualTo("FileNotFound");
        assertThat(api.head(Paths.EXISTS + "elsewhere/a.txt").status()).isEqualTo(404);
        assertThat(api.delete(Paths.OBJECT + "elsewhere/a.txt").error()).isEqualTo("FileNotFound");
    }

    @Test
    void copy_ofAMissingFile_is404_andOntoItself400() {
        api.store(key("a.txt"), bytes(1));

        assertThat(copy("none.txt", "b.txt").error()).isEqualTo("FileNotFound");
        assertThat(copy("a.txt", "a.txt").error()).isEqualTo("InvalidRequest");
        assertThat(api.post(Paths.OBJECT + "copy", Map.of("source_key", key("a.txt"), "target_key", "x"))
                        .error())
                .isEqualTo("InvalidKey");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    copy         | {"source_key": "raw/p/a"                      | -
                    copy         | {"source_key": "raw/p/a"}                     | target_key
                    copy         | {"source_key": 7, "target_key": "raw/p/b"}    | source_key
                    copy         | {"source_key": "raw/p/a", "target_key": "raw/p/b", "x": 1} | x
                    copy         | {"source_key": "raw/p/a", "target_key": "raw/p/b", "overwrite": "no way"} | overwrite
                    delete/batch | {}                                            | keys
                    delete/batch | {"keys": []}                                  | keys
                    delete/batch | {"keys": "raw/p/a"}                           | keys
                    delete/batch | []                                            | -
                    presigned-url/download | {"key": "raw/p/a", "expires_in": "soon"} | expires_in
                    multipart/create | {"key": "raw/p/a", "metadata": {"a": 1, "b": {}}} | metadata
                    """)
    void invalidJson_isA400ThatNamesTheField(String path, String json, String field) {
        Reply reply = api.post(Paths.OBJECT + path, json);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("InvalidRequest");
        if (!field.equals("-")) {
            assertThat(reply.json().path("message").asText()).contains(field);
        }
    }

    @Test
    void deleteBatch_ofTooMany_isRefused() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            keys.add("raw/p/" + i);
        }

        assertThat(api.post(Paths.OBJECT + "delete/batch", Map.of("keys", keys)).error())
                .isEqualTo("TooManyKeys");
    }

    @Test
    void invalidForms_are400_andStoreNothing() {
        Form noFile = new Form().field("key", key("a.txt"));
        Form noKey = new Form().file("file", "a", "text/plain", bytes(3));
        Form badMetadata = new Form()
                .field("key", key("a.txt"))
                .field("metadata", "{\"a\": ")
                .file("file", "a", "text/plain", bytes(3));

        for (Form form : List.of(noFile, noKey, badMetadata)) {
            Reply reply = api.send("POST", Paths.OBJECT + "upload", form.body(), "Content-Type", form.contentType());
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("InvalidRequest");
        }
        assertThat(api.head(Paths.EXISTS + key("a.txt")).status()).isEqualTo(404);
    }

    @Test
    void emptyOrUnpairedBatch_is400() {
        Form empty = new Form();
        Form unpaired =
                new Form().field("keys", key("1")).field("keys", key("2")).file("files", "1", "text/plain", bytes(1));

        Reply none = api.send("POST", Paths.OBJECT + "upload/batch", empty.body(), "Content-Type", empty.contentType());
        Reply odd = api.send(
                "POST", Paths.OBJECT + "upload/batch", unpaired.body(), "Content-Type", unpaired.contentType());

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("message").asText()).containsIgnoringCase("at least one file");
        assertThat(odd.status()).isEqualTo(400);
        assertThat(odd.error()).isEqualTo("InvalidRequest");
    }

    @Test
    void upload_withoutAForm_is415() {
        Reply reply = api.send(
                "POST", Paths.OBJECT + "upload", BodyPublishers.ofString("{}"), "Content-Type", "application/json");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.error()).isEqualTo("UnsupportedMediaType");
    }

    @Test
    void wrongDigests_storeNothing() {
        String wrong = "MDEyMzQ1Njc4OTAxMjM0NQ==";

        Reply reply = api.put(Paths.OBJECT + key("d.txt"), bytes(100), "Content-MD5", wrong);
        Reply large = api.put(Paths.OBJECT + key("d.txt"), bytes(20_000_000), "Content-MD5", wrong);
        Reply malformed = api.put(Paths.OBJECT + key("d.txt"), bytes(100), "Content-MD5", "nonsense");

        assertThat(reply.error()).isEqualTo("ChecksumMismatch");
        assertThat(large.error()).isEqualTo("ChecksumMismatch");
        assertThat(malformed.error()).isEqualTo("InvalidRequest");
        assertThat(api.head(Paths.EXISTS + key("d.txt")).status()).isEqualTo(404);
        stand.outside()
                .ifPresent(store -> assertThat(store.openUploads(key(""))).isEmpty());
    }

    @Test
    void tooLarge_is413WithTheLimit() {
        Reply reply = api.put(Paths.OBJECT + key("huge.bin"), new byte[104_857_601]);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).isEqualTo("PayloadTooLarge");
        assertThat(reply.json().path("detail").path("max_size").asLong()).isEqualTo(104_857_600);
        assertThat(reply.json().path("message").asText()).containsIgnoringCase("presigned");
        assertThat(api.head(Paths.EXISTS + key("huge.bin")).status()).isEqualTo(404);
    }

    @Test
    void unknownRoutesAndMethods_haveTheSameErrorFormat() {
        Reply nowhere = api.get("/nowhere");
        Reply method = api.send("PATCH", Paths.LIST, BodyPublishers.noBody());

        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.error()).isEqualTo("NotFound");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.error()).isEqualTo("MethodNotAllowed");
        assertThat(method.header("Allow")).contains("GET");
    }

    @Test
    void requestId_isKeptWhenValid_andGeneratedOtherwise() {
        assertThat(api.get(Paths.LIST, "X-Request-Id", "abc-123").header("X-Request-Id"))
                .isEqualTo("abc-123");
        assertThat(api.get(Paths.LIST, "X-Request-Id", "<script>").header("X-Request-Id"))
                .isNotEqualTo("<script>")
                .isNotEmpty();
    }

    @Test
    void listing_withAForeignToken_is400() {
        assertThat(api.get(Paths.LIST + "?continuation_token=" + Api.query("not one of ours"))
                        .error())
                .isEqualTo("InvalidRequest");
    }

    private Reply copy(String source, String target) {
        return api.post(Paths.OBJECT + "copy", Map.of("source_key", key(source), "target_key", key(target)));
    }
}
