package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that other clients stored at keys that the service itself refuses to write. */
final class ForeignKeysTest {

    private static final String FILES = "/api/v1/s3/";

    private final InMemoryStorage storage = new InMemoryStorage();

    @ParameterizedTest
    @ValueSource(strings = {"raw/p1/cafe\u0301", "raw/p1/a//b", "raw/p1/sub/", "/raw/p1/a", "elsewhere"})
    void theyAreReadAndDeleted_butNotWritten(String key) {
        plant(key);
        plant("raw/p1/source");
        String path = WriteAttempts.encoded(key);
        try (RunningService service = RunningService.over(storage)) {
            WriteAttempts.to(key, "raw/p1/source").forEach((name, attempt) -> {
                HttpResponse<byte[]> answer = service.send(attempt.request(service));

                assertThat(answer.statusCode()).as(name).isEqualTo(name.equals("batch form") ? 200 : 400);
                assertThat(RunningService.text(answer)).as(name).containsAnyOf("InvalidKey", "\"successful\":0");
            });
            assertThat(RunningService.text(service.get(FILES + "download/" + path)))
                    .isEqualTo("planted");
            assertThat(service.get(FILES + "metadata/" + path).statusCode()).isEqualTo(200);
            assertThat(service.send("HEAD", FILES + "exists/" + path).statusCode())
                    .isEqualTo(200);
            assertThat(RunningService.text(service.get(FILES + "list"))).contains("\"" + key + "\"");
            assertThat(service.send("DELETE", FILES + path).statusCode()).isEqualTo(204);
        }
        assertThat(storage.objects().stat(new ObjectKey(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/p1/cafe\u0301", "raw/p1/a//b", "raw/p1/sub/", "/raw/p1/a", "elsewhere"})
    void theyAreCopiedFrom_signed_movedFrom_andDeletedInBatches(String key) {
        try (RunningService service = RunningService.over(storage)) {
            for (String path : new String[] {"copy", "presigned-url/download", "move", "delete/batch"}) {
                plant(key);
                String json = switch (path) {
                    case "presigned-url/download" -> "{'key': '%s'}";
                    case "delete/batch" -> "{'keys': ['%s']}";
                    default -> "{'source_key': '%s', 'target_key': 'raw/p1/target'}";
                };

                HttpResponse<byte[]> answer = service.send(
                        Attempt.json("POST", FILES + path, json.formatted(key)).request(service));

                assertThat(answer.statusCode())
                        .as(path + RunningService.text(answer))
                        .isBetween(200, 201);
                assertThat(storage.objects().stat(new ObjectKey(key)).isPresent())
                        .as(path)
                        .isEqualTo(path.equals("copy") || path.startsWith("presigned"));
            }
        }
    }

    @Test
    void keysThatLookLikeThoseOfAProject_areNotItsOwn() {
        plant("raw/p1/x");
        plant("raw//p1/x");
        plant("/raw/p1/x");
        plant("raw/p1\u0301/x");
        try (RunningService service = RunningService.guarded(storage, new TwoProjects())) {
            AlicesThings callers = new AlicesThings(service);
            for (String path : new String[] {
                "raw/p1/x",
                "raw%2Fp1%2Fx",
                "raw//p1/x",
                "raw/%2Fp1/x",
                "%2Fraw/p1/x",
                "raw/p1%CC%81/x",
                "raw/p2/../p1/x",
                "raw/p2/%2E%2E/p1/x",
                "raw/p2%2F..%2Fp1/x",
                "raw/p2//../../p1/x"
            }) {
                for (String route : new String[] {"GET download/", "GET metadata/", "HEAD exists/", "DELETE "}) {
                    String[] parts = route.split(" ", 2);
                    HttpResponse<byte[]> answer = callers.as("mallory", Attempt.of(parts[0], FILES + parts[1] + path));

                    assertThat(answer.statusCode()).as(route + path).isIn(400, 403, 404);
                }
            }
        }
        assertThat(storage.objects().stat(new ObjectKey("raw/p1/x"))).isPresent();
        assertThat(storage.objects().stat(new ObjectKey("raw//p1/x"))).isPresent();
    }

    private void plant(String key) {
        storage.objects()
                .put(new ObjectKey(key), Content.of("planted".getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }
}
