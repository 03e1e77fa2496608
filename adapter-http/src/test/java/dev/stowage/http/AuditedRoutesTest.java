package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every route that changes something, or grants the right to, writes its actions and its refusals to the audit log. */
final class AuditedRoutesTest {

    /** They have their own test, because they take no credential. */
    private static final Set<String> SIGNED =
            Set.of("put /api/v1/signed/{key}", "post /s/{token}", "put /s/{token}", "put /s/{token}/{key}");
    /** A job, a schedule, a webhook, an API key and a link are identified by their ids alone, and rules are about prefixes. */
    private static final Set<String> WITHOUT_KEY = Set.of(
            "/api/v1/jobs",
            "/api/v1/schedules",
            "/api/v1/webhooks",
            "/api/v1/keys",
            "/api/v1/links/",
            "/api/v1/lifecycle");

    /** A single request creates and completes the upload. */
    private static final Set<String> BEGINNING_AND_END = Set.of("post /api/v1/resumable", "put /api/v1/resumable");

    private final List<AuditEvent> log = new CopyOnWriteArrayList<>();
    private final RunningService service = RunningService.guarded(new InMemoryStorage(), new TwoProjects(), log::add);
    private final AlicesThings alices = new AlicesThings(service);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void everyChange_hasOneLine_withWhoAndWhatAndTheOutcome() throws IOException {
        for (String route : changingRoutes().toList()) {
            AuditEvent line = onlyLine("alice", route, attempt(alices.attempts(), route));

            assertThat(line.principal().flatMap(Principal::id)).as(route).hasValue("key:alice");
            assertThat(line.operation()).as(route).contains(".");
            if (WITHOUT_KEY.stream().noneMatch(path -> route.contains(" " + path))) {
                assertThat(line.key().orElse("")).as(route).startsWith("raw/p1/");
            }
        }
    }

    @Test
    void everyRefusedChange_hasOneLine_withWhoAndWhat() throws IOException {
        for (String route : changingRoutes().toList()) {
            AuditEvent line = onlyLine("mallory", route, attempt(alices.attempts(), route));

            assertThat(line.principal().flatMap(Principal::id)).as(route).hasValue("key:mallory");
            assertThat(line.operation()).as(route).contains(".");
            assertThat(line.result()).as(route).isIn("AccessDenied", "UploadNotFound", "JobNotFound", "NotFound");
        }
    }

    @Test
    void copyAndMove_nameBothKeys() throws IOException {
        for (String route : List.of("post /api/v1/s3/copy", "post /api/v1/s3/move")) {
            for (String who : List.of("alice", "mallory")) {
                AuditEvent line = onlyLine(who, route, attempt(alices.attempts(), route));

                assertThat(line.key()).as(route).hasValue(AlicesThings.KEY + ".new");
                assertThat(line.detail()).as(route).containsEntry("source", AlicesThings.KEY);
                assertThat(line.result()).as(route).isEqualTo(who.equals("alice") ? "ok" : "AccessDenied");
            }
        }
    }

    @Test
    void aRefusedBatch_isOneLine_withTheNumberOfItsKeys() {
        String keys = String.join(
                "','",
                Stream.iterate(0, i -> i < 1000, i -> i + 1)
                        .map(i -> "raw/p1/" + i)
                        .toList());
        Attempt batch = Attempt.json("POST", "/api/v1/s3/delete/batch", "{'keys': ['" + keys + "']}");

        AuditEvent line = onlyLine("mallory", "delete/batch", batch);

        assertThat(line.result()).isEqualTo("AccessDenied");
        assertThat(line.detail()).containsEntry("count", "1000");
    }

    @Test
    void aRepeatedSubmission_withItsIdempotencyKey_isAuditedOnce() {
        Attempt job = Attempt.json("POST", "/api/v1/jobs", "{'operation': 'delete', 'source': {'prefix': 'raw/p1/x/'}}")
                .with("Idempotency-Key", "once");

        AuditEvent line = onlyLine("alice", "job", job);
        log.clear();
        alices.as("alice", job);

        assertThat(line.operation()).isEqualTo("job.submit");
        assertThat(line.result()).isEqualTo("ok");
        assertThat(line.detail()).containsKey("job");
        assertThat(log).isEmpty();
    }

    @Test
    void aFileWhoseFormHasLateFields_isAudited_withTheChangeOfItsAttributes() {
        String form = """
                --b
                Content-Disposition: form-data; name="key"

                raw/p1/late
                --b
                Content-Disposition: form-data; name="file"; filename="f"

                bytes
                --b
                Content-Disposition: form-data; name="metadata"

                {"a":"b"}
                --b--
                """.replace("\n", "\r\n");

        HttpResponse<byte[]> answer =
                alices.as("alice", new Attempt("POST", "/api/v1/s3/upload", "multipart/form-data; boundary=b", form));

        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(201);
        assertThat(log).extracting(AuditEvent::operation).containsExactly("file.put", "file.set_metadata");
    }

    private AuditEvent onlyLine(String who, String route, Attempt attempt) {
        log.clear();
        HttpResponse<byte[]> answer = alices.as(who, attempt);
        assertThat(log)
                .as("%s: %s %s", route, answer.statusCode(), RunningService.text(answer))
                .hasSize(BEGINNING_AND_END.contains(route) && log.size() == 2 ? 2 : 1);
        AuditEvent line = log.get(log.size() - 1);
        boolean fine = answer.statusCode() < 300 && !route.endsWith("/batch");
        if (fine) {
            assertThat(line.result()).as(route).isEqualTo(AuditEvent.OK);
        } else if (answer.statusCode() >= 400) {
            assertThat(line.result()).as(route).isNotEqualTo(AuditEvent.OK);
        }
        return line;
    }

    private static Stream<String> changingRoutes() {
        return RecordedRoutes.operations().stream()
                .filter(route -> !SIGNED.contains(route))
                .filter(route -> Stream.of("get ", "head ", "options ").noneMatch(route::startsWith));
    }

    private static Attempt attempt(Map<String, Attempt> attempts, String route) {
        return Optional.ofNullable(attempts.get(route))
                .orElseThrow(() -> new AssertionError("the table has no attempt at " + route
                        + ": add one, and see to it that the audit log is told"));
    }
}
