package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.port.Capability;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/v1/lifecycle}: who sees and sets which rules, and what a dry run shows. */
final class LifecycleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIFECYCLE = "/api/v1/lifecycle";

    private final RunningService service = RunningService.guarded(
            new InMemoryStorage(
                    InMemoryStorage.TINY_PARTS,
                    EnumSet.allOf(Capability.class),
                    new TestClock(Instant.parse("2020-01-01T00:00:00Z"))),
            new TwoProjects());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void rules_comeBackAsTheyWereSet() throws IOException {
        String rules = """
                {"rules":[{"id":"old","prefix":"raw/p1/","expire_after":"36h"},\
                {"id":"tmp","prefix":"raw/p1/","filter":{"smaller_than":9,"name":"*.tmp"},"expire_after":"90s"}]}""";

        assertThat(put("alice", rules)).isEqualTo(JSON.readTree(rules));
        assertThat(get("alice")).isEqualTo(JSON.readTree(rules));
        assertThat(put("alice", "{\"rules\":[]}")).isEqualTo(JSON.readTree("{\"rules\":[]}"));
    }

    @Test
    void rulesOfOthers_areNeitherShownNorReplaced() throws IOException {
        put("alice", rule("raw/p1/", "30d"));
        assertThat(get("mallory").path("rules")).isEmpty();

        put("mallory", rule("raw/p2/", "1d"));
        put("mallory", "{\"rules\":[]}");

        assertThat(get("alice").at("/rules/0/expire_after").asText()).isEqualTo("30d");
        assertThat(send("mallory", "PUT", "", rule("raw/p1/", "1s")).statusCode())
                .isEqualTo(403);
        assertThat(send("mallory", "PUT", "", rule("raw/", "1s")).statusCode()).isEqualTo(403);
        assertThat(send("mallory", "POST", "/preview", rule("raw/p1/", "1s")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void put_ifMatch_afterAnotherChange_isRefused_andChangesNothing() throws IOException {
        put("alice", rule("raw/p1/", "30d"));
        String read = etag(send("alice", "GET", "", ""));
        String current = etag(send("alice", "PUT", "", rule("raw/p1/", "10d")));

        HttpResponse<byte[]> late = putIfMatch(read, rule("raw/p1/", "1s"));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(JSON.readTree(late.body()).path("error").asText()).isEqualTo("PreconditionFailed");
        assertThat(get("alice").at("/rules/0/expire_after").asText()).isEqualTo("10d");
        assertThat(etag(send("alice", "GET", "", ""))).isEqualTo(current);
        assertThat(putIfMatch(current, rule("raw/p1/", "1d")).statusCode()).isEqualTo(200);
        assertThat(putIfMatch("*", rule("raw/p1/", "2d")).statusCode()).isEqualTo(200);
    }

    /** The response may have been lost. */
    @Test
    void put_ifMatch_repeatedAfterASuccess_succeeds() throws IOException {
        String read = etag(send("alice", "GET", "", ""));

        assertThat(putIfMatch(read, rule("raw/p1/", "1d")).statusCode()).isEqualTo(200);
        assertThat(putIfMatch(read, rule("raw/p1/", "1d")).statusCode()).isEqualTo(200);
    }

    @Test
    void etag_isThatOfTheRulesThatTheCallerSees() throws IOException {
        String read = etag(send("alice", "GET", "", ""));
        put("mallory", rule("raw/p2/", "1d"));

        assertThat(etag(send("alice", "GET", "", ""))).isEqualTo(read);
        assertThat(send("alice", "GET", "", "", "If-None-Match", read).statusCode())
                .isEqualTo(304);
        assertThat(putIfMatch(read, rule("raw/p1/", "1d")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | rules",
                "{'rules':[null]} | rules[0]",
                "{'rules':[{'id':'a','prefix':'raw/p1/'}]} | rules[0].expire_after",
                "{'rules':[{'id':'a','prefix':'raw/p1/','expire_after':'30'}]} | rules[0].expire_after",
                "{'rules':[{'id':'a','prefix':'raw/p1/','expire_after':'0s'}]} | rules[0].expire_after",
                "{'rules':[{'id':'a','prefix':'raw/p1/','expire_after':'999999999999d'}]} | rules[0].expire_after",
                "{'rules':[{'id':'a b','prefix':'raw/p1/','expire_after':'1d'}]} | rules[0].id",
                "{'rules':[{'id':'a','prefix':'raw/p1/','filter':{},'expire_after':'1d'}]} | rules[0].filter",
                "{'rules':[{'id':'a','prefix':'raw/p1/','filter':{'older_than':5},'expire_after':'1d'}]} | rules[0].filter",
                "{'rules':[{'id':'a','prefix':'raw/p1/','expire_after':'1d'},{'id':'a','prefix':'raw/p1/','expire_after':'2d'}]} | rules",
            })
    void invalidRules_areRefused_withTheField(String body, String field) throws IOException {
        HttpResponse<byte[]> answer = send("alice", "PUT", "", body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/detail/field").asText()).isEqualTo(field);
    }

    @Test
    void preview_countsFilesOnce_andDeletesNothing() throws IOException {
        for (String key : new String[] {"raw/p1/a", "raw/p1/b.tmp", "raw/p1/sub/c"}) {
            service.send(service.request("/api/v1/s3/" + key)
                    .header("Authorization", "Bearer alice")
                    .PUT(BodyPublishers.ofString("12345")));
        }
        put("alice", rule("raw/p1/", "36500d"));
        assertThat(preview("{}").path("count").asInt()).isZero();

        JsonNode taken = preview("""
                {"rules":[{"id":"tmp","prefix":"raw/p1/","filter":{"name":"*.tmp","content_type":"*"},"expire_after":"1s"},\
                {"id":"all","prefix":"raw/p1/","expire_after":"1s"}]}""");

        assertThat(taken.path("count").asInt()).isEqualTo(3);
        assertThat(taken.path("bytes").asInt()).isEqualTo(15);
        assertThat(taken.path("next_cursor").isNull()).isTrue();
        assertThat(taken.path("files"))
                .extracting(file ->
                        file.path("rule").asText() + " " + file.path("key").asText())
                .containsExactly("tmp raw/p1/b.tmp", "all raw/p1/a", "all raw/p1/sub/c");
        assertThat(preview(rule("raw/p1/none/", "1s")).path("count").asInt()).isZero();
    }

    @Test
    void preview_withAnotherCursor_isRefused() throws IOException {
        for (String cursor : new String[] {"", "x", "7:", "-1:"}) {
            assertThat(send("alice", "POST", "/preview", "{\"rules\":[],\"cursor\":\"" + cursor + "\"}")
                            .statusCode())
                    .as(cursor)
                    .isEqualTo(400);
        }
    }

    private static String rule(String prefix, String after) {
        return "{\"rules\":[{\"id\":\"r\",\"prefix\":\"%s\",\"expire_after\":\"%s\"}]}".formatted(prefix, after);
    }

    private JsonNode get(String who) throws IOException {
        return read(send(who, "GET", "", ""));
    }

    private JsonNode put(String who, String rules) throws IOException {
        return read(send(who, "PUT", "", rules));
    }

    private JsonNode preview(String request) throws IOException {
        return read(send("alice", "POST", "/preview", request));
    }

    private static JsonNode read(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String etag(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<byte[]> putIfMatch(String etag, String rules) {
        return send("alice", "PUT", "", rules, "If-Match", etag);
    }

    private HttpResponse<byte[]> send(String who, String method, String path, String body) {
        return send(who, method, path, body, "Accept", "application/json");
    }

    private HttpResponse<byte[]> send(
            String who, String method, String path, String body, String header, String value) {
        return service.send(service.request(LIFECYCLE + path)
                .header(header, value)
                .header("Authorization", "Bearer " + who)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
