package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/v1/events}, as pages and as a stream. */
@Timeout(60)
final class EventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "/api/v1/events";

    private final RunningService service = RunningService.recorded(new TwoProjects());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void change_isAnEvent_onceItsResponseIsThere() throws Exception {
        HttpResponse<byte[]> put = put("alice", "raw/p1/a.txt", "hello");

        JsonNode page = page("alice", "");

        JsonNode event = page.at("/events/0");
        assertThat(event.path("id").asText()).isEqualTo("1");
        assertThat(event.path("type").asText()).isEqualTo("file.created");
        assertThat(event.path("timestamp").asText()).endsWith("Z");
        assertThat(event.at("/data/key").asText()).isEqualTo("raw/p1/a.txt");
        assertThat(event.at("/data/size").asLong()).isEqualTo(5);
        assertThat(event.at("/data/etag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(event.at("/data/content_type").asText()).isEqualTo("text/plain");
        assertThat(event.at("/data/principal").asText()).isEqualTo("key:alice");
        assertThat(event.at("/data/request_id").asText())
                .isEqualTo(put.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(page.path("more").asBoolean()).isFalse();
        assertThat(page.path("missed").asBoolean()).isFalse();
    }

    @Test
    void pages_continueAfterTheLastEvent() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("alice", "raw/p1/f" + i, "x");
        }

        JsonNode first = page("alice", "?limit=3");
        JsonNode second =
                page("alice", "?limit=3&after=" + first.path("next_after").asText());
        JsonNode third = page("alice", "?after=" + second.path("next_after").asText());

        assertThat(ids(first)).containsExactly("1", "2", "3");
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(ids(second)).containsExactly("4", "5");
        assertThat(second.path("more").asBoolean()).isFalse();
        assertThat(ids(third)).isEmpty();
        assertThat(third.path("next_after").asText()).isEqualTo("5");
        assertThat(ids(page("alice", "?after=now"))).isEmpty();
    }

    @Test
    void events_ofFilesThatOneMayNotRead_areHidden() throws Exception {
        put("alice", "raw/p1/a", "x");
        put("mallory", "raw/p2/b", "x");

        JsonNode mallorys = page("mallory", "");

        assertThat(ids(mallorys)).containsExactly("2");
        assertThat(mallorys.path("next_after").asText()).isEqualTo("2");
    }

    @Test
    void filters_selectTypesAndPrefix() throws Exception {
        put("alice", "raw/p1/in/a", "x");
        put("alice", "raw/p1/out", "x");
        as("alice", Attempt.of("DELETE", "/api/v1/s3/raw/p1/in/a"));

        assertThat(ids(page("alice", "?prefix=raw/p1/in/"))).containsExactly("1", "3");
        assertThat(ids(page("alice", "?types=file.deleted,job.finished"))).containsExactly("3");
        assertThat(ids(page("alice", "?types=file.created&prefix=raw/p1/in/"))).containsExactly("1");
    }

    @Test
    void invalidParameters_areRefused_andNamed() throws Exception {
        for (String query : List.of("types=file.made", "after=x", "after=-1", "after=7", "limit=0", "limit=1001")) {
            HttpResponse<byte[]> answer = as("alice", Attempt.of("GET", EVENTS + "?" + query));

            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).at("/detail/field").asText())
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
        assertThat(as("alice", Attempt.of("GET", EVENTS + "?prefix=a%00b")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void stream_sendsNewEvents_andResumesAfterTheLast() throws Exception {
        put("alice", "raw/p1/before", "x");
        try (EventReader stream = new EventReader("alice", "", "")) {
            assertThat(stream.contentType()).isEqualTo("text/event-stream");
            put("alice", "raw/p1/a", "x");
            put("mallory", "raw/p2/b", "x");
            put("alice", "raw/p1/c", "x");

            assertThat(stream.next()).isEqualTo("id: 2 event: file.created raw/p1/a");
            assertThat(stream.next()).isEqualTo("id: 4 event: file.created raw/p1/c");
        }
        try (EventReader stream = new EventReader("alice", "", "2")) {
            assertThat(stream.next()).isEqualTo("id: 4 event: file.created raw/p1/c");
        }
        try (EventReader stream = new EventReader("alice", "?after=0&prefix=raw/p1/c", "")) {
            assertThat(stream.next()).isEqualTo("id: 4 event: file.created raw/p1/c");
        }
    }

    @Test
    void stream_ofAnInvalidRequest_isAnError() throws Exception {
        HttpResponse<byte[]> answer = service.send(
                request("alice", EVENTS).header("Accept", "text/event-stream").header("Last-Event-ID", "9"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void stream_afterAnIdThatIsNone_isAnErrorThatNamesTheHeader() throws Exception {
        HttpResponse<byte[]> answer = service.send(request("alice", EVENTS)
                .header("Accept", "application/json;q=0.5, Text/Event-Stream")
                .header("Last-Event-ID", "x"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/detail/field").asText()).isEqualTo("Last-Event-ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/event-stream;q=0",
                "text/event-stream; Q=0.0, application/json",
                "text/event-streams"
            })
    void stream_thatIsNotAskedFor_isAPage(String accept) throws Exception {
        HttpResponse<byte[]> answer = service.send(request("alice", EVENTS).header("Accept", accept));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    private HttpRequest.Builder request(String who, String path) {
        return Attempt.of("GET", path).request(service).header("Authorization", "Bearer " + who);
    }

    private HttpResponse<byte[]> put(String who, String key, String body) {
        HttpResponse<byte[]> answer = as(who, new Attempt("PUT", "/api/v1/s3/" + key, "text/plain", body));
        assertThat(answer.statusCode()).isIn(200, 201);
        return answer;
    }

    private HttpResponse<byte[]> as(String who, Attempt attempt) {
        return service.send(attempt.request(service).header("Authorization", "Bearer " + who));
    }

    private JsonNode page(String who, String query) throws IOException {
        HttpResponse<byte[]> answer = as(who, Attempt.of("GET", EVENTS + query));
        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("events").forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }

    /** Reads server-sent events. */
    private final class EventReader implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        EventReader(String who, String query, String lastId) throws Exception {
            HttpRequest.Builder request = request(who, EVENTS + query).header("Accept", "text/event-stream");
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo(": connected");
        }

        String contentType() {
            return response.headers().firstValue("Content-Type").orElse("");
        }

        /** The next event: its id, its type and its key. */
        String next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("id: ")) {
                line = lines.readLine();
            }
            String type = lines.readLine();
            JsonNode data = JSON.readTree(lines.readLine().substring("data: ".length()));
            return line + " " + type + " " + data.at("/data/key").asText();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
