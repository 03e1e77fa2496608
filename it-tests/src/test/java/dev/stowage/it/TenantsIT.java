package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.Form;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.S3Clients;
import dev.stowage.it.store.StandSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Two projects with a key each, on one service: attempts of one to access the other's files. */
@TestInstance(Lifecycle.PER_CLASS)
class TenantsIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "what alice alone may know";

    private static final String HERS = "tenant-a";
    private static final String HIS = "tenant-m";

    private Path folder = Path.of("");
    private final Deque<RunningService> services = new ArrayDeque<>();
    private Api anonymous = new Api(URI.create("http://127.0.0.1"));
    private Api alice = anonymous;
    private Api mallory = anonymous;
    private Keys.Pair her = new Keys.Pair("", "", "");
    private Keys.Pair his = her;

    /** One service for all tests on a store. */
    @BeforeParameterizedClassInvocation
    void twoProjects(StandSource store, @TempDir Path folderOfService) {
        folder = folderOfService;
        Map<String, String> settings = new HashMap<>(store.get().settings(folder));
        settings.put("AUTH_MODE", "keys");
        settings.put("MAX_OPEN_UPLOADS", "3");
        settings.put("S3_API_PORT", "0");
        settings.put("S3_API_BUCKETS", "{project_id}=raw/{project_id}/");
        services.push(HostedService.start(folder, settings));
        anonymous = new Api(services.element().address());
        her = Keys.createPair(folder, settings, "--name", "alice", "--project", HERS);
        his = Keys.createPair(folder, settings, "--name", "mallory", "--project", HIS);
        alice = anonymous.as(her.key());
        mallory = anonymous.as(his.key());
    }

    @AfterParameterizedClassInvocation
    void stop() {
        services.forEach(RunningService::close);
        services.clear();
    }

    @BeforeEach
    void aFileEach() {
        alice.store(secret(), SECRET.getBytes(StandardCharsets.UTF_8));
        mallory.store(own("mine"), bytes(10));
    }

    @Test
    void requests_cannotReachAnotherProjectsFiles() {
        Map<String, Reply> answers = new LinkedHashMap<>();
        fileAttempts().forEach((what, attempt) -> answers.put(what, attempt.get()));

        answers.forEach((what, answer) -> {
            assertThat(answer.status()).as("%s: %s", what, answer.text()).isIn(400, 403, 404);
            assertThat(answer.text()).as(what).doesNotContain(SECRET);
        });
        assertThatNothingChanged();
    }

    @Test
    void batches_failOnlyForAnotherProjectsFiles() {
        Reply deleted = mallory.post(Paths.OBJECT + "delete/batch", Map.of("keys", List.of(secret(), own("mine"))));
        Form form = new Form()
                .field("keys", secret())
                .field("keys", own("new"))
                .file("files", "a", "text/plain", bytes(3))
                .file("files", "b", "text/plain", bytes(4));
        Reply stored =
                mallory.send("POST", Paths.OBJECT + "upload/batch", form.body(), "Content-Type", form.contentType());

        assertThat(deleted.json().at("/results/0/error").asText()).isEqualTo("AccessDenied");
        for (Reply reply : List.of(deleted, stored)) {
            assertThat(reply.json().at("/results/0/success").asBoolean(true))
                    .as(reply.text())
                    .isFalse();
            assertThat(reply.json().at("/results/1/success").asBoolean(false))
                    .as(reply.text())
                    .isTrue();
        }
        assertThatNothingChanged();
    }

    /** The SDK signs each chunk of a body, and sends a checksum in a trailer. */
    @Test
    void s3_signedByTheSdk_reachesOnlyItsProject() {
        URI address = services.element().s3Address();
        try (S3Client hers = S3Clients.open(address, her);
                S3Client foreign = S3Clients.open(address, his)) {
            hers.putObject(put -> put.bucket(HERS).key("s3/small"), RequestBody.fromBytes(bytes(300_000)));
            String upload = hers.createMultipartUpload(
                            create -> create.bucket(HERS).key("s3/large").checksumAlgorithm(ChecksumAlgorithm.CRC32))
                    .uploadId();
            UploadPartResponse first = hers.uploadPart(
                    part -> part.bucket(HERS).key("s3/large").uploadId(upload).partNumber(1),
                    RequestBody.fromBytes(bytes(5 << 20)));
            CopyPartResult second = hers.uploadPartCopy(part -> part.sourceBucket(HERS)
                            .sourceKey("s3/small")
                            .copySourceRange("bytes=0-99999")
                            .destinationBucket(HERS)
                            .destinationKey("s3/large")
                            .uploadId(upload)
                            .partNumber(2))
                    .copyPartResult();
            hers.completeMultipartUpload(complete -> complete.bucket(HERS)
                    .key("s3/large")
                    .uploadId(upload)
                    .multipartUpload(CompletedMultipartUpload.builder()
                            .parts(S3Clients.part(1, first.eTag()), S3Clients.part(2, second.eTag()))
                            .build()));

            assertThat(hers.getObjectAsBytes(get -> get.bucket(HERS).key("s3/small"))
                            .asByteArray())
                    .isEqualTo(bytes(300_000));
            assertThat(hers.getObjectAsBytes(
                                    get -> get.bucket(HERS).key("s3/large").range("bytes=" + (5 << 20) + "-"))
                            .asByteArray())
                    .isEqualTo(Arrays.copyOf(bytes(300_000), 100_000));
            for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                    () -> foreign.getObject(get -> get.bucket(HERS).key("s3/small")),
                    () -> foreign.putObject(put -> put.bucket(HERS).key("s3/small"), RequestBody.empty()),
                    () -> foreign.deleteObject(delete -> delete.bucket(HERS).key("s3/small")),
                    () -> foreign.listObjectsV2(list -> list.bucket(HERS)),
                    () -> foreign.copyObject(copy -> copy.sourceBucket(HERS)
                            .sourceKey("s3/small")
                            .destinationBucket(HIS)
                            .destinationKey("mine")))) {
                assertThat(catchThrowableOfType(S3Exception.class, attempt).statusCode())
                        .isEqualTo(404);
            }
            assertThat(foreign.listBuckets().buckets())
                    .extracting(bucket -> bucket.name())
                    .containsExactly(HIS);
            hers.deleteObject(delete -> delete.bucket(HERS).key("s3/small"));
            hers.deleteObject(delete -> delete.bucket(HERS).key("s3/large"));
        }
        assertThatNothingChanged();
    }

    @Test
    void s3_presignedUrl_isGoodForWhatItWasSigned() {
        try (S3Presigner presigner = S3Clients.presigner(services.element().s3Address(), her)) {
            URI url = URI.create(presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(get -> get.bucket(HERS).key("secret.txt")))
                    .url()
                    .toString());

            assertThat(anonymous.send(HttpRequest.newBuilder(url).build()).text())
                    .isEqualTo(SECRET);
            for (HttpRequest.Builder other : List.of(
                    HttpRequest.newBuilder(URI.create(url.toString().replace("secret.txt?", "other?"))),
                    HttpRequest.newBuilder(URI.create(url.toString().replace("Expires=300", "Expires=301"))),
                    HttpRequest.newBuilder(url).DELETE(),
                    HttpRequest.newBuilder(url).header("x-amz-meta-a", "b"))) {
                Reply reply = anonymous.send(other.build());
                assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            }
        }
    }

    @Test
    void uploads_belongToTheirCreator() {
        MultipartClient upload = MultipartClient.create(alice, "raw/" + HERS + "/large");
        upload.putMissing(alice, List.of(bytes(1000)));

        for (String key : List.of("raw/" + HERS + "/large", own("large"))) {
            String query = "?key=" + key + "&upload_id=" + upload.id();
            Map<String, Object> named = Map.of("key", key, "upload_id", upload.id());
            Map<String, Object> part = Map.of("key", key, "upload_id", upload.id(), "part_number", 1);
            for (Reply reply : List.of(
                    mallory.put(Paths.MULTIPART + "upload-part" + query + "&part_number=1", bytes(5)),
                    mallory.get(Paths.MULTIPART + "list-parts" + query),
                    mallory.get(Paths.MULTIPART + "status" + query),
                    mallory.post(Paths.MULTIPART + "presign-part", part),
                    mallory.post(Paths.MULTIPART + "complete", named),
                    mallory.delete(Paths.MULTIPART + "abort" + query))) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(404);
            }
        }
        assertThat(mallory.get(Paths.MULTIPART + "list").json().path("uploads")).isEmpty();
        assertThat(alice.get(Paths.MULTIPART + "list").json().path("uploads")).hasSize(1);
        assertThat(upload.complete(alice).status()).isEqualTo(200);
        assertThat(alice.delete(Paths.OBJECT + upload.key()).status()).isEqualTo(204);
    }

    @Test
    void tenantWithTooManyOpenUploads_isRefused_andOthersAreNot() {
        List<MultipartClient> uploads = List.of("1", "2", "3").stream()
                .map(name -> MultipartClient.create(mallory, own(name)))
                .toList();

        Reply refused = mallory.post(Paths.MULTIPART + "create", Map.of("key", own("4")));

        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("TooManyRequests");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(abort(alice, MultipartClient.create(alice, "raw/" + HERS + "/large")))
                .isEqualTo(204);
        assertThat(abort(mallory, uploads.get(0))).isEqualTo(204);
        assertThat(abort(mallory, MultipartClient.create(mallory, own("4")))).isEqualTo(204);
        uploads.subList(1, 3)
                .forEach(upload -> assertThat(abort(mallory, upload)).isEqualTo(204));
    }

    private static int abort(Api api, MultipartClient upload) {
        return api.delete(Paths.MULTIPART + "abort?key=" + upload.key() + "&upload_id=" + upload.id())
                .status();
    }

    @Test
    void jobs_belongToTheirSubmitter_andHaveItsRights() throws Exception {
        Map<String, Object> verify = Map.of("operation", "verify", "source", Map.of("prefix", "raw/" + HERS + "/"));
        JobClient job = JobClient.submit(alice, verify);
        for (String path : List.of("", "/items", "/report", "/events")) {
            assertThat(mallory.get(job.path(path)).status()).as(path).isEqualTo(404);
        }
        for (String action : List.of("cancel", "pause", "resume", "retry")) {
            assertThat(job.act(mallory, action).status()).as(action).isEqualTo(404);
        }
        assertThat(mallory.delete(job.path("")).status()).isEqualTo(404);
        assertThat(mallory.get(Paths.JOBS).json().path("jobs")).isEmpty();
        assertThat(job.await(alice, LIMIT).path("state").asText()).isEqualTo("succeeded");

        for (Map<String, ?> refused : foreignJobs()) {
            assertThat(mallory.post(Paths.JOBS, refused).status())
                    .as(refused.toString())
                    .isEqualTo(403);
        }
        mallory.store(
                own("list.csv"), ("key\n" + secret() + "\n" + own("mine") + "\n").getBytes(StandardCharsets.UTF_8));
        JobClient manifest = JobClient.submit(mallory, "delete", Map.of("manifest", own("list.csv")), Map.of());
        JsonNode ended = manifest.await(mallory, LIMIT);

        assertThat(ended.at("/progress/failed").asInt()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.at("/progress/succeeded").asInt()).isEqualTo(1);
        assertThat(manifest.items(mallory).get(0).path("error").asText()).isEqualTo("AccessDenied");
        assertThatNothingChanged();
    }

    @Test
    void signedUrls_areValidOnlyForTheSignedRequest() {
        mallory.store(own("secret.txt"), bytes(10));
        Reply signed = mallory.post(Paths.PRESIGNED + "download", Map.of("key", own("secret.txt")));
        String url = signed.json().path("url").asText();

        Reply own = anonymous(url);
        Reply foreign = anonymous(url.replace(HIS, HERS));

        assertThat(own.body()).isEqualTo(bytes(10));
        assertThat(foreign.status()).as(foreign.text()).isEqualTo(403);
    }

    @Test
    void requests_withoutAKey_orWithARevokedOne_areRefused() {
        Map<String, String> settings = stand.settings(folder);
        String key = Keys.create(folder, settings, "--name", "gone", "--project", HERS, "--actions", "read");
        Api gone = anonymous.as(key);
        assertThat(gone.get(Paths.DOWNLOAD + secret()).status()).isEqualTo(200);
        assertThat(gone.put(Paths.OBJECT + secret(), bytes(1)).status()).isEqualTo(403);
        assertThat(gone.get("/metrics").status()).isEqualTo(403);

        HostedService.run(List.of("keys", "revoke", Keys.id(key)), folder, settings);

        Reply revoked = gone.get(Paths.DOWNLOAD + secret());
        assertThat(revoked.status()).isEqualTo(401);
        assertThat(revoked.error()).isEqualTo("Unauthorized");
        assertThat(revoked.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(anonymous.get(Paths.LIST).status()).isEqualTo(401);
        assertThat(anonymous.get("/healthz").status()).isEqualTo(200);
    }

    private Map<String, Supplier<Reply>> fileAttempts() {
        Map<String, Supplier<Reply>> attempts = new LinkedHashMap<>();
        String escaped = secret().replace("/", "%2F");
        for (String key : List.of(
                secret(),
                escaped,
                "raw/" + HIS + "/../" + HERS + "/secret.txt",
                "raw/" + HIS + "%2F..%2F" + HERS + "%2Fsecret.txt")) {
            attempts.put("download " + key, () -> mallory.get(Paths.DOWNLOAD + key));
            attempts.put("metadata " + key, () -> mallory.get(Paths.METADATA + key));
            attempts.put("put " + key, () -> mallory.put(Paths.OBJECT + key, bytes(1)));
            attempts.put("delete " + key, () -> mallory.delete(Paths.OBJECT + key));
        }
        attempts.put("range", () -> mallory.get(Paths.DOWNLOAD + secret(), "Range", "bytes=0-3"));
        attempts.put("if-none-match", () -> mallory.get(Paths.DOWNLOAD + secret(), "If-None-Match", "*"));
        attempts.put("if-match put", () -> mallory.put(Paths.OBJECT + secret(), bytes(1), "If-Match", "\"x\""));
        attempts.put("exists", () -> mallory.head(Paths.EXISTS + secret()));
        attempts.put("exists not", () -> mallory.head(Paths.EXISTS + "raw/" + HERS + "/none"));
        for (String prefix : List.of("", "r", "raw/", "raw/" + HERS, "raw/" + HERS + "/", "raw/tenant", "processed/")) {
            attempts.put("list " + prefix, () -> mallory.get(Paths.LIST + "?prefix=" + prefix));
            attempts.put("list / " + prefix, () -> mallory.get(Paths.LIST + "?delimiter=/&prefix=" + prefix));
        }
        Form form = new Form().field("key", secret()).file("file", "f", "text/plain", bytes(3));
        attempts.put(
                "form",
                () -> mallory.send("POST", Paths.OBJECT + "upload", form.body(), "Content-Type", form.contentType()));
        for (String move : List.of("copy", "move")) {
            attempts.put(move + " from", () -> mallory.post(Paths.OBJECT + move, fromTo(secret(), own("x"))));
            attempts.put(move + " to", () -> mallory.post(Paths.OBJECT + move, fromTo(own("mine"), secret())));
        }
        for (String what : List.of("upload", "download")) {
            attempts.put("sign " + what, () -> mallory.post(Paths.PRESIGNED + what, Map.of("key", secret())));
        }
        attempts.put("multipart", () -> mallory.post(Paths.MULTIPART + "create", Map.of("key", secret())));
        attempts.put("uploads", () -> mallory.get(Paths.MULTIPART + "list?prefix=raw/" + HERS + "/"));
        return attempts;
    }

    private List<Map<String, ?>> foreignJobs() {
        Map<String, String> toMine = Map.of("prefix", own(""));
        Map<String, String> prefix = Map.of("prefix", "raw/" + HERS + "/");
        return List.of(
                Map.of("operation", "delete", "source", prefix),
                Map.of("operation", "delete", "source", Map.of("prefix", "raw/")),
                Map.of("operation", "delete", "source", Map.of("keys", List.of(own("mine"), secret()))),
                Map.of("operation", "verify", "source", prefix),
                Map.of("operation", "verify", "source", Map.of("manifest", secret())),
                Map.of("operation", "copy", "source", prefix, "target", toMine),
                Map.of("operation", "move", "source", prefix, "target", toMine),
                Map.of("operation", "copy", "source", Map.of("prefix", own("")), "target", prefix),
                Map.of("operation", "archive", "source", toMine, "target", Map.of("key", "raw/" + HERS + "/all.zip")),
                Map.of("operation", "archive", "source", prefix, "target", Map.of("key", own("all.zip"))));
    }

    private void assertThatNothingChanged() {
        assertThat(alice.get(Paths.DOWNLOAD + secret()).text()).isEqualTo(SECRET);
        JsonNode listed = alice.get(Paths.LIST + "?prefix=raw/" + HERS + "/").json();
        assertThat(listed.path("files")).hasSize(1);
    }

    private Reply anonymous(String url) {
        return anonymous.send(HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .GET()
                .build());
    }

    private static Map<String, String> fromTo(String source, String target) {
        return Map.of("source_key", source, "target_key", target);
    }

    private String secret() {
        return "raw/" + HERS + "/secret.txt";
    }

    private String own(String name) {
        return "raw/" + HIS + "/" + name;
    }
}
