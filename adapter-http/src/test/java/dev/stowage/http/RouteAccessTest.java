package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.Authenticator;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route there is, asked by somebody who does not say who they are, and by a principal of another project. */
final class RouteAccessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/v1/s3/";
    private static final String JOBS = "/api/v1/jobs";
    private static final String KEY = "raw/p1/secret.txt";
    private static final String CONTENT = "for p1 alone";

    /** What everybody may see. */
    private static final Set<String> PUBLIC =
            Set.of("/healthz", "/readyz", "/openapi.json", "/docs", "/redoc", "/docs/assets/{name}");
    /** What takes a signature, and has none here. */
    private static final Set<String> SIGNED = Set.of("/api/v1/signed/{key}");

    private final RunningService service = RunningService.guarded(new InMemoryStorage(), new TwoProjects());
    private Map<String, Attempt> attempts = Map.of();

    /** {@code alice} has project p1, {@code mallory} has p2; both may do everything there, and neither may read the meters. */
    private static final class TwoProjects implements Authenticator {
        @Override
        public Optional<Principal> authenticate(Secret credential) {
            return switch (credential.value()) {
                case "alice" -> Optional.of(of("alice", "p1"));
                case "mallory" -> Optional.of(of("mallory", "p2"));
                default -> Optional.empty();
            };
        }

        private static Principal of(String name, String project) {
            EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.METRICS));
            return Principal.of("key:" + name, name, new Rights(Set.of(new Scope.Project(project)), actions));
        }
    }

    @BeforeEach
    void alicesFileUploadAndJob() throws IOException {
        assertThat(as("alice", new Attempt("PUT", FILES + KEY, "text/plain", CONTENT))
                        .statusCode())
                .isEqualTo(201);
        String upload = field("upload_id", "multipart/create", "{'key': '%s'}".formatted(KEY));
        String job = JSON.readTree(as(
                                "alice",
                                Attempt.json("POST", JOBS, "{'operation': 'verify', 'source': {'prefix': 'raw/p1/'}}"))
                        .body())
                .path("id")
                .asText();
        attempts = Attempts.at(KEY, CONTENT, upload, resumable(), job);
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
    void publicRoutes_askNobody() {
        for (String route : RecordedRoutes.operations()) {
            String[] parts = route.split(" ", 2);
            if (PUBLIC.contains(parts[1]) && !parts[1].contains("{")) {
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

    /** What is not in the table is a route that nobody has thought about. */
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
            // They tell of each file by itself.
            case "post /api/v1/s3/upload/batch", "post /api/v1/s3/delete/batch" ->
                JSON.readTree(answer.body()).path("successful").asInt(-1) == 0;
            // They show what is one's own.
            case "get /api/v1/jobs" -> JSON.readTree(answer.body()).path("jobs").isEmpty();
            case "head /api/v1/jobs" -> answer.body().length == 0;
            default -> false;
        };
    }

    private String resumable() {
        String metadata = "key " + Base64.getEncoder().encodeToString("raw/p1/bytes".getBytes(StandardCharsets.UTF_8));
        Attempt create = Attempt.of("POST", "/api/v1/tus").with("Tus-Resumable", "1.0.0", "Upload-Length", "6");
        String location = as("alice", create.with("Upload-Metadata", metadata))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String field(String name, String path, String json) throws IOException {
        return JSON.readTree(
                        as("alice", Attempt.json("POST", FILES + path, json)).body())
                .path(name)
                .asText();
    }

    private HttpResponse<byte[]> as(String who, Attempt attempt) {
        HttpRequest.Builder request = attempt.request(service).header("Authorization", "Bearer " + who);
        return service.send(request);
    }
}
