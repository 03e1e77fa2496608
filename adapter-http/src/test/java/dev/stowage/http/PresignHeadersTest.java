package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The headers that clients must send with a signed URL, on each route that signs one. */
final class PresignHeadersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/v1/s3";
    private static final Map<String, String> DEMANDED = Map.of("x-store-token", "needed");

    private final RunningService service = RunningService.over(new DemandingStorage(new InMemoryStorage()));

    /** A store whose signed URLs all require a header. */
    private static final class DemandingStorage extends ForwardingStorage {

        DemandingStorage(Storage target) {
            super(target);
        }

        @Override
        public Optional<UrlSigner> signer() {
            return Optional.of((grant, expiresIn) -> new SignedUrl(
                    URI.create("https://store.example.com/" + grant.key().value()), DEMANDED));
        }

        @Override
        public Optional<UrlVerifier> verifier() {
            return Optional.empty();
        }
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void everyRouteThatSigns_tellsMethodAndHeaders() throws IOException {
        String upload = post("/multipart/create", "{'key': 'raw/p/a'}")
                .path("upload_id")
                .asText();

        check(post("/presigned-url/upload", "{'key': 'raw/p/a'}"), "PUT");
        check(post("/presigned-url/download", "{'key': 'raw/p/a'}"), "GET");
        check(
                post("/multipart/presign-part", "{'key': 'raw/p/a', 'upload_id': '" + upload + "', 'part_number': 1}"),
                "PUT");
        check(send(Attempt.of("GET", "/api/v1/companion/s3/multipart/" + upload + "/1?key=raw/p/a")), "PUT");
    }

    /** Uppy calls Object.entries(headers). */
    @Test
    void companionsForm_hasHeaders_too() throws IOException {
        JsonNode answer = send(Attempt.of("GET", "/api/v1/companion/s3/params?filename=a&metadata%5Bkey%5D=raw/p/a"));

        assertThat(answer.path("headers").isObject()).isTrue();
    }

    private static void check(JsonNode answer, String method) {
        assertThat(answer.path("method").asText()).isEqualTo(method);
        assertThat(answer.path("headers")).isEqualTo(JSON.valueToTree(DEMANDED));
    }

    private JsonNode post(String path, String json) throws IOException {
        return send(Attempt.json("POST", FILES + path, json));
    }

    private JsonNode send(Attempt attempt) throws IOException {
        HttpResponse<byte[]> answer = service.send(attempt.request(service));
        assertThat(answer.statusCode()).isBetween(200, 201);
        return JSON.readTree(answer.body());
    }
}
