package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every route that documents no body refuses one, rather than let a client believe that its fields had an effect. */
final class UnexpectedBodyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("post", "put", "patch", "delete");
    private static final String KEY = "raw/p1/a.txt";
    private static final String REFUSAL = "This request takes no body";

    private final RunningService service = RunningService.over(new InMemoryStorage());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void body_ofARouteWithoutOne_isRefused() throws IOException {
        List<String> routes = routes();
        assertThat(routes).contains("delete /api/v1/s3/{key}", "post /api/v1/jobs/{id}/pause");
        for (String route : routes) {
            for (Supplier<BodyPublisher> body : List.<Supplier<BodyPublisher>>of(
                    () -> BodyPublishers.ofString("{\"dry_run\": true}"),
                    () -> chunked("a=b"),
                    () -> BodyPublishers.ofString("{" + " ".repeat(100) + "}"))) {
                HttpResponse<byte[]> response = send(route, body.get());

                assertThat(response.statusCode()).as(route).isEqualTo(400);
                JsonNode error = JSON.readTree(response.body());
                assertThat(error.path("error").asText()).as(route).isEqualTo("InvalidRequest");
                assertThat(error.path("message").asText()).as(route).contains(REFUSAL);
                assertThat(error.at("/detail/field").asText()).as(route).isEqualTo("body");
            }
        }
    }

    @Test
    void deletion_withABody_deletesNothing() {
        service.send(service.request("/api/v1/s3/" + KEY).PUT(BodyPublishers.ofString("text")));

        assertThat(send("delete /api/v1/s3/" + KEY, BodyPublishers.ofString("[]"))
                        .statusCode())
                .isEqualTo(400);

        assertThat(service.get("/api/v1/s3/download/" + KEY).statusCode()).isEqualTo(200);
    }

    @Test
    void emptyObject_andEmptyBody_areAccepted() throws IOException {
        for (String route : routes()) {
            for (Supplier<BodyPublisher> body : List.<Supplier<BodyPublisher>>of(
                    () -> BodyPublishers.ofString("{}"), () -> chunked(" { } \n"), () -> chunked(""))) {
                assertThat(RunningService.text(send(route, body.get())))
                        .as(route)
                        .doesNotContain(REFUSAL);
            }
        }
    }

    private List<String> routes() throws IOException {
        JsonNode paths = JSON.readTree(service.get("/openapi.json").body()).path("paths");
        return RecordedRoutes.operations().stream()
                .filter(route -> {
                    String[] parts = route.split(" ", 2);
                    JsonNode operation = paths.path(parts[1]).path(parts[0]);
                    return METHODS.contains(parts[0]) && operation.isObject() && !operation.has("requestBody");
                })
                .toList();
    }

    private HttpResponse<byte[]> send(String route, BodyPublisher body) {
        String[] parts = route.split(" ", 2);
        String path = parts[1].replace("{key}", KEY).replaceAll("\\{[a-z_]+}", "none");
        return service.send(service.request(path).method(parts[0].toUpperCase(Locale.ROOT), body));
    }

    private static BodyPublisher chunked(String text) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(text));
    }
}
