package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route with every condition of RFC 9110: it honors the condition, or refuses the request and names the header. */
final class RouteConditionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/v1/s3";
    private static final String ASSETS = "/console/assets";
    private static final String COMPANION = "/api/v1/companion/s3";
    private static final String KEY = "raw/p1/a.txt";
    private static final String CONTENT = "what is there";

    /** Conditions that the existing file does not meet, so that a route that ignores them is detected. */
    private static final Map<String, String> FAILING = Map.of(
            "If-Match", "\"no-such-tag\"",
            "If-None-Match", "*",
            "If-Unmodified-Since", "Wed, 21 Oct 2015 07:28:00 GMT",
            "If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT",
            "If-Source-Match", "\"no-such-tag\"");

    private static final Set<String> READ =
            Set.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");
    private static final Set<String> WRITE = Set.of("If-Match", "If-None-Match", "If-Unmodified-Since");
    private static final Set<String> COPY =
            Set.of("If-Match", "If-None-Match", "If-Unmodified-Since", "If-Source-Match");
    private static final Set<String> TAGS = Set.of("If-Match", "If-None-Match");

    private static final Map<String, Set<String>> HONORED = Map.ofEntries(
            Map.entry("get " + FILES + "/download/{key}", READ),
            Map.entry("head " + FILES + "/download/{key}", READ),
            Map.entry("get " + FILES + "/metadata/{key}", READ),
            Map.entry("head " + FILES + "/metadata/{key}", READ),
            Map.entry("head " + FILES + "/exists/{key}", READ),
            Map.entry("patch " + FILES + "/metadata/{key}", WRITE),
            Map.entry("put " + FILES + "/{key}", WRITE),
            Map.entry("delete " + FILES + "/{key}", WRITE),
            Map.entry("post " + FILES + "/upload", WRITE),
            // These return 200 with a 412 in the results; see UploadFormsTest.
            Map.entry("post " + FILES + "/upload/batch", WRITE),
            Map.entry("post " + FILES + "/copy", COPY),
            Map.entry("post " + FILES + "/move", COPY),
            Map.entry("post " + FILES + "/multipart/complete", WRITE),
            Map.entry("post " + COMPANION + "/multipart/{id}/complete", WRITE),
            Map.entry("post /api/v1/tus", WRITE),
            Map.entry("post /api/v1/resumable", WRITE),
            Map.entry("put /api/v1/resumable", WRITE),
            Map.entry("get " + FILES + "/archive", TAGS),
            Map.entry("head " + FILES + "/archive", TAGS),
            Map.entry("get /api/v1/lifecycle", TAGS),
            Map.entry("head /api/v1/lifecycle", TAGS),
            Map.entry("put /api/v1/lifecycle", Set.of("If-Match")),
            Map.entry("get /openapi.json", TAGS),
            Map.entry("head /openapi.json", TAGS),
            Map.entry("get " + ASSETS + "/{name}", TAGS),
            Map.entry("head " + ASSETS + "/{name}", TAGS),
            Map.entry("get " + ASSETS + "/{folder}/{name}", TAGS),
            Map.entry("head " + ASSETS + "/{folder}/{name}", TAGS));

    /** Routes that require a signature or a token; {@link SignedUrlTest} and {@link LinksTest} test them. */
    private static final Set<String> SIGNED = Set.of(
            "get /api/v1/signed/{key}",
            "head /api/v1/signed/{key}",
            "put /api/v1/signed/{key}",
            "get /api/v1/archives",
            "head /api/v1/archives",
            "get /s/{token}",
            "head /s/{token}",
            "get /s/{token}/{key}",
            "head /s/{token}/{key}");

    private final RunningService service = RunningService.over(new InMemoryStorage());
    private Map<String, Attempt> attempts = Map.of();

    @BeforeEach
    void aFileAnUploadAndAJob() throws IOException {
        put(KEY);
        put(KEY + ".new");
        String upload = field("upload_id", Attempt.json("POST", FILES + "/multipart/create", "{'key': '" + KEY + "'}"));
        String job = field(
                "id",
                Attempt.json("POST", "/api/v1/jobs", "{'operation': 'verify', 'source': {'prefix': 'raw/p1/none/'}}"));
        Attempt part = new Attempt(
                "PUT",
                FILES + "/multipart/upload-part?part_number=1&key=" + KEY + "&upload_id=" + upload,
                "",
                "another");
        attempts = new HashMap<>(Attempts.at(
                KEY, "another", upload, "0123456789abcdef0123456789abcdef", job, "none", "none", "none", "none"));
        attempts.put(
                "post " + COMPANION + "/multipart/{id}/complete",
                Attempt.json(
                        "POST",
                        COMPANION + "/multipart/" + upload + "/complete?key=" + KEY,
                        "{'parts': [{'PartNumber': 1, 'ETag': '" + field("etag", part) + "'}]}"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void everyRoute_refusesTheConditionsThatItDoesNotHonor_andNamesThem() throws IOException {
        for (String route : routes()) {
            for (Map.Entry<String, String> condition : FAILING.entrySet()) {
                if (honors(route, condition.getKey())) {
                    continue;
                }
                HttpResponse<byte[]> answer = send(route, condition);

                String what = route + " with " + condition.getKey();
                assertThat(answer.statusCode()).as(what).isEqualTo(400);
                if (!route.startsWith("head ")) {
                    JsonNode body = JSON.readTree(answer.body());
                    assertThat(body.path("error").asText()).as(what).isEqualTo("InvalidRequest");
                    assertThat(body.path("message").asText()).as(what).contains(condition.getKey());
                    assertThat(body.at("/detail/field").asText()).as(what).isEqualTo(condition.getKey());
                }
            }
        }
        assertUntouched();
    }

    @Test
    void everyRouteThatHonorsConditions_doesNothingWhenTheyFail() {
        for (String route : routes()) {
            for (Map.Entry<String, String> condition : FAILING.entrySet()) {
                if (honors(route, condition.getKey())) {
                    boolean read = route.startsWith("get ") || route.startsWith("head ");
                    boolean notModified = read && condition.getKey().matches("If-(None-Match|Modified-Since)");

                    assertThat(send(route, condition).statusCode())
                            .as(route + " with " + condition.getKey())
                            .isEqualTo(route.endsWith("/batch") ? 200 : notModified ? 304 : 412);
                }
            }
        }
        assertUntouched();
    }

    /** RFC 9110, section 13.2.1. */
    @Test
    void options_ignoreConditions() {
        for (String path : List.of("/api/v1/tus", "/api/v1/resumable")) {
            assertThat(service.send(service.request(path)
                                    .method("OPTIONS", BodyPublishers.noBody())
                                    .header("If-Match", "\"x\""))
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    private static List<String> routes() {
        return RecordedRoutes.operations().stream()
                .filter(route -> !SIGNED.contains(route) && !route.startsWith("options "))
                .toList();
    }

    private static boolean honors(String route, String field) {
        return HONORED.getOrDefault(route, Set.of()).contains(field);
    }

    private HttpResponse<byte[]> send(String route, Map.Entry<String, String> condition) {
        String[] parts = route.split(" ", 2);
        Attempt attempt = attempts.getOrDefault(
                route,
                Attempt.of(
                        parts[0].toUpperCase(Locale.ROOT),
                        parts[1].replace("{folder}/{name}", "lib/api.js")
                                .replace("{name}", "main.js")
                                .replace("{token}/{key}", "none/a")
                                .replace("{token}", "none")));
        return service.send(
                attempt.with(condition.getKey(), condition.getValue()).request(service));
    }

    private void assertUntouched() {
        for (String key : List.of(KEY, KEY + ".new")) {
            assertThat(RunningService.text(service.send(service.request(FILES + "/download/" + key))))
                    .isEqualTo(CONTENT);
        }
    }

    private void put(String key) {
        Attempt put = new Attempt("PUT", FILES + "/" + key, "text/plain", CONTENT);
        assertThat(service.send(put.request(service)).statusCode()).isEqualTo(201);
    }

    private String field(String name, Attempt attempt) throws IOException {
        return JSON.readTree(service.send(attempt.request(service)).body())
                .path(name)
                .asText();
    }
}
