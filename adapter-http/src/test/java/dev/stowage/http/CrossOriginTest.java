package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of pages of other origins. Java's client sends these headers only if a system property allows it. */
class CrossOriginTest {

    private static final String PAGE = "https://app.example.com";
    private static final String FILE = "/api/v1/s3/raw/p/a";

    private final RunningService service =
            RunningService.over(new InMemoryStorage(), false, Set.of(PAGE, "http://localhost:3000"));

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void preflight_ofAnAllowedOrigin_isAnsweredHere() {
        HttpResponse<byte[]> preflight = service.send(service.request(FILE)
                .header("Origin", PAGE)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type, x-meta-a")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(header(preflight, "Access-Control-Allow-Methods").orElseThrow())
                .contains("PUT", "DELETE");
        assertThat(header(preflight, "Access-Control-Allow-Headers").orElseThrow())
                .contains("*", "Authorization");
    }

    @Test
    void answer_toAnAllowedOrigin_canBeRead_withItsETag() {
        HttpResponse<byte[]> stored =
                service.send(service.request(FILE).header("Origin", PAGE).PUT(BodyPublishers.ofString("text")));

        assertThat(stored.statusCode()).isEqualTo(201);
        assertThat(header(stored, "Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(header(stored, "Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag", "X-Request-Id");
        assertThat(header(stored, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void error_toAnAllowedOrigin_canBeRead_too() {
        HttpResponse<byte[]> missing =
                service.send(service.request("/api/v1/s3/metadata/none").header("Origin", PAGE));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(header(missing, "Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(header(missing, "Vary")).hasValue("Origin");
    }

    @Test
    void otherOrigins_getNoCorsHeaders() {
        for (String origin : new String[] {"https://evil.example.com", "https://app.example.com.evil.org", "null"}) {
            assertThat(header(
                            service.send(service.request("/healthz").header("Origin", origin)),
                            "Access-Control-Allow-Origin"))
                    .as(origin)
                    .isEmpty();
        }
    }

    @Test
    void withoutTheSetting_noOriginIsAllowed() {
        try (RunningService closed = RunningService.over(new InMemoryStorage())) {
            assertThat(header(
                            closed.send(closed.request("/healthz").header("Origin", PAGE)),
                            "Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void star_allowsAll() {
        try (RunningService open = RunningService.over(new InMemoryStorage(), false, Set.of("*"))) {
            assertThat(header(
                            open.send(open.request("/healthz").header("Origin", PAGE)), "Access-Control-Allow-Origin"))
                    .isPresent();
        }
    }

    private static Optional<String> header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name);
    }
}
