package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.http.route.ReservedKeys;
import dev.stowage.http.route.Routes;
import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are paths of the service's own routes, with a layout that would allow them. */
final class ReservedKeysTest {

    private static final String FILES = Routes.FILES + "/";
    private static final String SOURCE = "some/source";

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RunningService service = RunningService.over(storage, "open");

    @BeforeEach
    void source() {
        plant(SOURCE);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void names_areThePathsOfTheRoutes() {
        Set<String> paths = RecordedRoutes.operations().stream()
                .map(operation -> operation.substring(operation.indexOf(' ') + 1))
                .filter(path -> path.startsWith(FILES))
                .map(path -> path.substring(FILES.length()))
                .map(path -> path.contains("{") ? path.substring(0, path.indexOf('{')) : path)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.toSet());

        assertThat(ReservedKeys.NAMES).isEqualTo(paths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload",
                "list",
                "upload/batch",
                "multipart/upload-part",
                "multipart/abort",
                "presigned-url/upload",
                "archive",
                "download/x",
                "exists/a/b",
                "metadata/x"
            })
    void everyWriter_refusesThem(String key) {
        WriteAttempts.to(key, SOURCE).forEach((name, attempt) -> {
            HttpResponse<byte[]> answer = service.send(attempt.request(service));

            if (name.equals("batch form")) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(RunningService.text(answer)).contains("is reserved", "\"successful\":0");
            } else {
                assertThat(answer.statusCode()).as(name).isEqualTo(400);
                assertThat(RunningService.text(answer)).as(name).contains("InvalidKey", "\"reason\":\"reserved\"");
            }
        });
        assertThat(storage.objects().stat(new ObjectKey(key))).isEmpty();
        assertThat(storage.objects().stat(new ObjectKey(SOURCE))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload/other", "lists", "multipart", "download", "x/download/y", "archives", "archive/x"})
    void everyWriter_takesTheirNeighbors(String key) {
        WriteAttempts.to(key, SOURCE).forEach((name, attempt) -> {
            plant(SOURCE);

            HttpResponse<byte[]> answer = service.send(attempt.request(service));

            assertThat(RunningService.text(answer)).as(name).doesNotContain("InvalidKey");
            assertThat(answer.statusCode()).as(name).isLessThan(300);
        });
    }

    @ParameterizedTest
    @CsvSource({"multipart/, list, 400", "'', copy, 400", "download/, x, 400", "multipart/, lists, 202"})
    void copyJobs_areRefusedWhenAllTheirTargetsAreReserved(String prefix, String name, int status) {
        for (String operation : new String[] {"copy", "move"}) {
            HttpResponse<byte[]> answer = service.send(Attempt.json(
                            "POST",
                            "/api/v1/jobs",
                            ("{'operation': '%s', 'source': {'keys': ['some/%s']}, "
                                            + "'target': {'prefix': '%s', 'strip_prefix': 'some/'}}")
                                    .formatted(operation, name, prefix))
                    .request(service));

            assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(status);
            assertThat(RunningService.text(answer).contains("\"reason\":\"reserved\""))
                    .isEqualTo(status == 400);
        }
    }

    @Test
    void whatIsThereAlready_isRead_copiedAndDeleted() {
        for (String key : new String[] {"multipart/upload-part", "list", "download/x"}) {
            plant(key);

            assertThat(RunningService.text(service.get(FILES + "download/" + key)))
                    .isEqualTo("planted");
            assertThat(service.send("HEAD", FILES + "exists/" + key).statusCode())
                    .isEqualTo(200);
            assertThat(service.get(FILES + "metadata/" + key).statusCode()).isEqualTo(200);
            assertThat(service.postJson(FILES + "copy", "{\"source_key\":\"" + key + "\",\"target_key\":\"some/copy\"}")
                            .statusCode())
                    .isBetween(200, 201);
            assertThat(service.postJson(FILES + "delete/batch", "{\"keys\":[\"" + key + "\"]}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(storage.objects().stat(new ObjectKey(key))).isEmpty();
        }
    }

    private void plant(String key) {
        storage.objects()
                .put(new ObjectKey(key), Content.of("planted".getBytes(StandardCharsets.UTF_8)), PutOptions.DEFAULT);
    }
}
