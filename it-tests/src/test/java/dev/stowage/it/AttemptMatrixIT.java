package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.ForeignAttempts;
import dev.stowage.it.service.ForeignAttempts.Attempt;
import dev.stowage.it.service.ForeignAttempts.Managed;
import dev.stowage.it.service.ForeignAttempts.Target;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import dev.stowage.it.store.StandSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation of the OpenAPI document that requires a credential, tried on another client's files, uploads and jobs: with keys of
 * another project and of prefixes, with a revoked key, and from pages of other origins.
 */
@RunsOn(StandKind.EMBEDDED)
@TestInstance(Lifecycle.PER_CLASS)
class AttemptMatrixIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PREFIX = "raw/tenant-a/";
    private static final String SECRET = "what alice alone may know";
    private static final byte[] PART = "part one".getBytes(StandardCharsets.UTF_8);

    private Path folder = Path.of("");
    private Map<String, String> settings = Map.of();
    private final Deque<RunningService> services = new ArrayDeque<>();
    private Api anonymous = new Api(URI.create("http://127.0.0.1"));
    private Api alice = anonymous;
    private Managed managed = new Managed("", "", "", "");
    private Target target = new Target("", "", "", "", "", new Managed("", "", "", ""));
    private List<MultipartClient> uploads = List.of();

    /** One service for all tests on a store. */
    @BeforeParameterizedClassInvocation
    void start(StandSource store, @TempDir Path folderOfService) {
        folder = folderOfService;
        settings = new HashMap<>(store.get().settings(folder));
        settings.putAll(Map.of("AUTH_MODE", "keys", "RATE_LIMIT", "0"));
        services.push(HostedService.start(folder, settings));
        anonymous = new Api(services.element().address());
        String key = newKey("--project", "tenant-a", "--actions", "read,write,delete,jobs,webhooks");
        alice = anonymous.as(key);
        Map<String, Object> job = Map.of("operation", "verify", "source", Map.of("prefix", PREFIX));
        managed = new Managed(
                Keys.id(key),
                created("/api/v1/schedules", Map.of("name", "yearly", "cron", "0 0 1 1 *", "job", job)),
                created("/api/v1/links", Map.of("prefix", PREFIX)),
                // Nothing is sent there, as it is never disabled.
                created(
                        "/api/v1/webhooks",
                        Map.of("url", "https://93.184.215.14/", "events", List.of("webhook.disabled"))));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        services.forEach(RunningService::close);
        services.clear();
    }

    @BeforeEach
    void alicesResources() throws Exception {
        String key = PREFIX + "secret.txt";
        alice.store(key, SECRET.getBytes(StandardCharsets.UTF_8));
        MultipartClient upload = MultipartClient.create(alice, key);
        upload.putMissing(alice, List.of(PART));
        uploads = List.of(upload);
        TusUpload tus = TusUpload.create(alice, PREFIX + "tus", "abcdef".getBytes(StandardCharsets.UTF_8));
        tus.send(alice, 3);
        JobClient job = JobClient.submit(alice, "verify", Map.of("keys", List.of(key)), Map.of());
        JsonNode unused = job.await(alice, LIMIT);
        target = new Target(
                PREFIX, key, upload.id(), tus.url().substring(tus.url().lastIndexOf('/') + 1), job.id(), managed);
    }

    @Test
    void everyAuthenticatedOperation_hasAttempts() {
        Set<String> operations = new TreeSet<>();
        anonymous
                .get("/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode security = method.getValue().path("security");
                    if (!security.isArray() || !security.isEmpty()) {
                        operations.add(method.getKey() + " " + path.getKey());
                    }
                }));

        assertThat(operations).isNotEmpty();
        assertThat(attempts("raw/tenant-m/mine").keySet())
                .as("decide who may use an operation, and add attempts at another client's resources")
                .containsAll(operations);
    }

    /** The last key has some files of alice's project, but none of hers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--project tenant-m raw/tenant-m/mine",
                "--prefix raw/tenant-m/ raw/tenant-m/mine",
                "--prefix raw/tenant-a/public/ raw/tenant-a/public/mine"
            })
    void keyForOtherFiles_isRefusedEverywhere(String who) {
        String[] words = who.split(" ", -1);
        String own = words[2];
        Api mallory = anonymous.as(newKey(words[0], words[1]));
        mallory.store(own, PART);

        attempts(own).forEach((operation, attempts) -> {
            for (Attempt attempt : attempts) {
                Reply reply = attempt.send(mallory);
                assertThat(isRefusal(operation, attempt, reply))
                        .as("%s: %s %s", attempt, reply.status(), reply.text())
                        .isTrue();
                assertThat(reply.text()).as(attempt.toString()).doesNotContain(SECRET);
            }
        });
        assertAlicesResourcesAreUnchanged();
        assertThat(mallory.get(Paths.DOWNLOAD + own).body()).isEqualTo(PART);
    }

    @Test
    void revokedOrMissingKey_isRefusedEverywhere() {
        String gone = newKey("--project", "tenant-a");
        assertThat(anonymous.as(gone).get(Paths.DOWNLOAD + target.key()).text()).isEqualTo(SECRET);
        int exit = HostedService.run(List.of("keys", "revoke", Keys.id(gone)), folder, settings)
                .exitCode();
        assertThat(exit).isZero();

        for (Api caller : List.of(anonymous.as(gone), anonymous)) {
            attempts(PREFIX + "own").forEach((operation, attempts) -> {
                Attempt attempt = attempts.get(0);
                assertThat(attempt.send(caller).status()).as(attempt.toString()).isEqualTo(401);
            });
        }
        assertAlicesResourcesAreUnchanged();
    }

    @Test
    void pagesOfOtherSites_changeNothing_evenWithAValidKey() {
        attempts(PREFIX + "own").forEach((operation, attempts) -> {
            if (operation.matches("(get|head) .*")) {
                return;
            }
            Attempt attempt = attempts.get(0);
            for (String[] headers : new String[][] {
                {"Origin", "https://evil.example"},
                {"Origin", "null"},
                {"Sec-Fetch-Site", "cross-site"},
                {"Origin", "https://evil.example", "Sec-Fetch-Site", "same-site"}
            }) {
                Reply reply = attempt.send(alice, headers);
                assertThat(reply.status()).as(attempt + reply.text()).isEqualTo(403);
                assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
            }
        });
        assertAlicesResourcesAreUnchanged();
    }

    @Test
    void signedUrls_neverRunScripts() {
        alice.store(PREFIX + "page.html", "<script>".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/html");
        for (String disposition :
                List.of("attachment=1", "attachment x", "inline, x", "inline; filename", "<script>")) {
            assertThat(sign(disposition).status()).as(disposition).isEqualTo(400);
        }
        Assumptions.assumeTrue(stand.outside().isEmpty(), "An S3 store answers its signed URLs itself");
        for (String disposition : List.of("inline", "inline; filename=\"a.html\"", "attachment")) {
            String url = sign(disposition).json().path("url").asText();
            Reply page = anonymous.get(url.substring(url.indexOf("/api/")));
            assertThat(page.status()).as(disposition + url).isEqualTo(200);
            assertThat(page.header("Content-Security-Policy")).isEqualTo("sandbox");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    private Reply sign(String disposition) {
        return alice.post(
                Paths.PRESIGNED + "download",
                Map.of("key", PREFIX + "page.html", "response_content_disposition", disposition));
    }

    /** The endpoints that name another client's resource must not reveal any. */
    private static boolean isRefusal(String operation, Attempt attempt, Reply reply) {
        return switch (operation) {
            case "post /api/v1/s3/upload/batch", "post /api/v1/s3/delete/batch" ->
                reply.json().path("successful").asInt(-1) == 0;
            case "get /api/v1/jobs" -> reply.json().path("jobs").isEmpty();
            case "get /api/v1/lifecycle" -> reply.json().path("rules").isEmpty();
            case "get /api/v1/schedules" -> reply.json().path("schedules").isEmpty();
            case "get /api/v1/links" -> reply.json().path("links").isEmpty();
            case "get /api/v1/events" ->
                reply.status() == 403
                        || (reply.status() == 200 && !reply.text().matches("(?s).*tenant-a/(secret|tus).*"));
            case "get /api/v1/usage" -> reply.json().path("projects").isEmpty();
            case "get /api/v1/me" -> !reply.text().contains("tenant-a\"");
            // A malformed attempt would not test access, except for a path that leaves its folder.
            default ->
                Set.of(403, 404).contains(reply.status())
                        || (reply.status() == 400 && attempt.path().contains(".."));
        };
    }

    private Map<String, List<Attempt>> attempts(String own) {
        return ForeignAttempts.at(target, own);
    }

    private void assertAlicesResourcesAreUnchanged() {
        assertThat(alice.get(Paths.DOWNLOAD + target.key()).text()).isEqualTo(SECRET);
        assertThat(alice.get(Paths.METADATA + target.key()).text()).doesNotContain("no-store", "mallory");
        assertThat(alice.get(Paths.LIST + "?delimiter=/&prefix=" + PREFIX)
                        .json()
                        .path("files"))
                .extracting(file -> file.path("key").asText())
                .isSubsetOf(target.key(), PREFIX + "page.html");
        MultipartClient upload = uploads.get(0);
        assertThat(upload.stored(alice)).isEqualTo(upload.acknowledged());
        TusUpload tus =
                TusUpload.at("/api/v1/tus/" + target.tus(), PREFIX + "tus", "abcdef".getBytes(StandardCharsets.UTF_8));
        assertThat(tus.fetchOffset(alice)).isEqualTo(3);
        assertThat(alice.get("/api/v1/webhooks/" + managed.webhook())
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(alice.get("/api/v1/schedules/" + managed.schedule())
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(alice.get("/api/v1/links/" + managed.link())
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("active");
        assertThat(JobClient.of(target.job()).get(alice).path("state").asText()).isEqualTo("succeeded");
    }

    private String created(String path, Map<String, ?> json) {
        return alice.post(path, json).expect(201).json().path("id").asText();
    }

    private String newKey(String... options) {
        String[] all =
                Stream.concat(Stream.of("--name", "key"), Stream.of(options)).toArray(String[]::new);
        return Keys.create(folder, settings, all);
    }
}
