package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route, requested without a credential and by a principal of another project. */
final class RouteAccessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/v1/s3/";
    private static final String KEY = AlicesThings.KEY;
    private static final String CONTENT = AlicesThings.CONTENT;

    /** The public routes. */
    private static final Set<String> PUBLIC = Set.of(
            "/healthz",
            "/readyz",
            "/openapi.json",
            "/docs",
            "/redoc",
            "/docs/assets/{name}",
            "/api/v1/info",
            "/console",
            "/console/",
            "/console/assets/{name}",
            "/console/assets/{folder}/{name}",
            "/");
    /** The routes that require a signature or a token, which the requests here do not have. */
    private static final Set<String> SIGNED =
            Set.of("/api/v1/signed/{key}", "/api/v1/archives", "/s/{token}", "/s/{token}/{key}");

    private final RunningService service = RunningService.guarded(new InMemoryStorage(), new TwoProjects());
    private final AlicesThings alices = new AlicesThings(service);
    private Map<String, Attempt> attempts = Map.of();

    @BeforeEach
    void alicesFileUploadAndJob() throws IOException {
        attempts = alices.attempts();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void everyRoute_refusesWhoDoesNotSayWhoTheyAre() {
        for (String route : guardedRoutes().toList()) {
            HttpResponse<byte[]> answer = service.send(attempt(route).request(service));
            HttpResponse<byte[]> wrong =
                    service.send(attempt(route).request(service).header("X-API-Key", "nobody's"));

            assertThat(answer.statusCode()).as(route).isEqualTo(401);
            assertThat(wrong.statusCode()).as(route).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .as(route)
                    .contains("Bearer realm=\"stowage\"");
        }
    }

    @Test
    void everyRoute_refusesAPrincipalOfAnotherProject_andChangesNothing() throws IOException {
        for (String route : guardedRoutes().toList()) {
            HttpResponse<byte[]> answer = as("mallory", attempt(route));

            assertThat(isRefusal(route, answer))
                    .as("%s: %s %s", route, answer.statusCode(), RunningService.text(answer))
                    .isTrue();
            assertThat(RunningService.text(answer)).as(route).doesNotContain(CONTENT);
        }

        HttpResponse<byte[]> file = as("alice", Attempt.of("GET", FILES + "download/" + KEY));
        JsonNode listed = JSON.readTree(
                as("alice", Attempt.of("GET", FILES + "list?prefix=raw/p1/")).body());
        assertThat(RunningService.text(file)).isEqualTo(CONTENT);
        assertThat(listed.path("files")).hasSize(1);
    }

    @Test
    void everyRoute_ofOnesOwn_isOpen() {
        for (String route : guardedRoutes()
                .filter(route -> !route.endsWith("/metrics") && !route.equals("get /api/v1/jobs/{id}/events"))
                .toList()) {
            HttpResponse<byte[]> answer = as("alice", attempt(route));

            assertThat(answer.statusCode())
                    .as("%s: %s", route, RunningService.text(answer))
                    .isNotIn(401, 403);
        }
    }

    @Test
    void publicRoutes_needNoCredential() {
        for (String route : RecordedRoutes.operations()) {
            String[] parts = route.split(" ", 2);
            if (PUBLIC.contains(parts[1]) && !parts[1].contains("{") && !parts[1].endsWith("/")) {
                assertThat(service.send(parts[0].toUpperCase(Locale.ROOT), parts[1])
                                .statusCode())
                        .as(route)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void signedRoutes_takeNoCredentialInstead() {
        assertThat(as("alice", Attempt.of("GET", "/api/v1/signed/" + KEY)).statusCode())
                .isEqualTo(403);
        assertThat(as("alice", Attempt.of("GET", "/api/v1/archives?token=none")).statusCode())
                .isEqualTo(404);
        assertThat(as("alice", Attempt.of("GET", "/s/none")).statusCode()).isEqualTo(404);
        assertThat(as("alice", Attempt.of("GET", "/s/none/a")).statusCode()).isEqualTo(404);
        assertThat(as("alice", new Attempt("PUT", "/s/none", "text/plain", "x")).statusCode())
                .isEqualTo(404);
        assertThat(as("alice", new Attempt("PUT", "/api/v1/signed/" + KEY, "text/plain", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    private static Stream<String> guardedRoutes() {
        return RecordedRoutes.operations().stream()
                .filter(route -> !route.startsWith("options "))
                .filter(route -> {
                    String path = route.substring(route.indexOf(' ') + 1);
                    return !PUBLIC.contains(path) && !SIGNED.contains(path);
                });
    }

    /** Fails for a route without an attempt, so that new routes need one. */
    private Attempt attempt(String route) {
        return Optional.ofNullable(attempts.get(route))
                .orElseThrow(() -> new AssertionError("the table has no attempt at " + route
                        + ": decide who may use it, and add one that is about alice's file, upload or job"));
    }

    private static boolean isRefusal(String route, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() == 403 || answer.statusCode() == 404) {
            return true;
        }
        return switch (route) {
            // They report each file on its own.
            case "post /api/v1/s3/upload/batch", "post /api/v1/s3/delete/batch" ->
                JSON.readTree(answer.body()).path("successful").asInt(-1) == 0;
            // They list the caller's own items.
            case "get /api/v1/schedules" ->
                JSON.readTree(answer.body()).path("schedules").isEmpty();
            case "get /api/v1/lifecycle" ->
                JSON.readTree(answer.body()).path("rules").isEmpty();
            case "get /api/v1/webhooks" ->
                JSON.readTree(answer.body()).path("webhooks").isEmpty();
            case "get /api/v1/jobs" -> JSON.readTree(answer.body()).path("jobs").isEmpty();
            case "get /api/v1/links" ->
                JSON.readTree(answer.body()).path("links").isEmpty();
            case "get /api/v1/keys" -> JSON.readTree(answer.body()).path("keys").isEmpty();
            case "get /api/v1/events" ->
                JSON.readTree(answer.body()).path("events").isEmpty();
            case "get /api/v1/usage" ->
                JSON.readTree(answer.body()).path("projects").isEmpty();
            // It is about the caller.
            case "get /api/v1/me" ->
                JSON.readTree(answer.body()).path("name").asText().equals("mallory");
            case "head /api/v1/jobs",
                    "head /api/v1/schedules",
                    "head /api/v1/lifecycle",
                    "head /api/v1/webhooks",
                    "head /api/v1/keys",
                    "head /api/v1/links",
                    "head /api/v1/me",
                    "head /api/v1/usage",
                    "head /api/v1/events" -> answer.body().length == 0;
            default -> false;
        };
    }

    private HttpResponse<byte[]> as(String who, Attempt attempt) {
        return alices.as(who, attempt);
    }
}
