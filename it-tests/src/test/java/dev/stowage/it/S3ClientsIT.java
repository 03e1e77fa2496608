package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.Keys;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import dev.stowage.it.store.StandSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The S3 API, by its real clients, with signatures that are verified. Clients that are not on this machine are skipped. What takes longer is
 * in the same script, without {@code --short}.
 */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
@TestInstance(Lifecycle.PER_CLASS)
class S3ClientsIT extends ServiceSuite {

    private static final Path SCRIPT = Path.of("s3-clients").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;
    private static final String BUCKET = "java-sdk";

    private final Deque<RunningService> services = new ArrayDeque<>();
    private Keys.Pair pair = new Keys.Pair("", "", "");

    /** A service for all clients on a store, with a bucket for each. */
    @BeforeParameterizedClassInvocation
    void service(StandSource store, @TempDir Path folder) {
        Map<String, String> settings = new HashMap<>(store.get().settings(folder));
        settings.put("AUTH_MODE", "keys");
        settings.put("S3_API_PORT", "0");
        settings.put("S3_API_BUCKETS", "{project_id}=raw/{project_id}/");
        services.push(HostedService.start(folder, settings));
        pair = Keys.createPair(folder, settings, "--name", "clients", "--all-files");
    }

    @AfterParameterizedClassInvocation
    void stop() {
        services.forEach(RunningService::close);
        services.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_cli", "boto3", "rclone_client", "s3cmd_client", "mc_client"})
    void client_getsBackWhatItStores(String client, @TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "--short", client)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "S3_API_ADDRESS", services.element().s3Address().getAuthority(),
                        "AWS_ACCESS_KEY_ID", pair.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", pair.secretAccessKey()));

        int status = run(builder);

        String text = Files.readString(output);
        assertThat(status).as(text).isZero();
        assumeFalse(text.contains("SKIPPED"), () -> "no " + client + " here (it-tests/s3-clients-install)");
        assertThat(text).contains("ok");
    }

    /** It sends a body over HTTP in signed chunks, with its checksum in a trailer, and verifies the checksums of what it reads. */
    @Test
    void javaSdk_withItsDefaults_getsBackWhatItStores() {
        byte[] part = bytes(5 << 20);
        byte[] small = bytes(100_000);
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(services.element().s3Address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(pair.accessKeyId(), pair.secretAccessKey())))
                .build()) {
            s3.putObject(put -> put.bucket(BUCKET).key("small"), RequestBody.fromBytes(small));
            String upload = s3.createMultipartUpload(
                            create -> create.bucket(BUCKET).key("large"))
                    .uploadId();
            List<CompletedPart> parts = Stream.of(part, small)
                    .map(body -> sent(s3, upload, body == part ? 1 : 2, body))
                    .toList();
            String location = s3.completeMultipartUpload(complete -> complete.bucket(BUCKET)
                            .key("large")
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)))
                    .location();

            assertThat(read(s3, "small")).isEqualTo(small);
            assertThat(read(s3, "large")).startsWith(part).endsWith(small).hasSize(part.length + small.length);
            assertThat(location).isEqualTo(services.element().s3Address() + "/" + BUCKET + "/large");
            s3.deleteObjects(delete -> delete.bucket(BUCKET)
                    .delete(Delete.builder()
                            .objects(named("small"), named("large"))
                            .build()));
            assertThat(s3.listObjectsV2(list -> list.bucket(BUCKET)).contents()).isEmpty();
        }
    }

    private static CompletedPart sent(S3Client s3, String upload, int number, byte[] body) {
        UploadPartResponse part = s3.uploadPart(
                put -> put.bucket(BUCKET).key("large").uploadId(upload).partNumber(number),
                RequestBody.fromBytes(body));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    private static byte[] read(S3Client s3, String name) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(name)).asByteArray();
    }

    private static ObjectIdentifier named(String name) {
        return ObjectIdentifier.builder().key(name).build();
    }

    private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("ended within %s s", LIMIT_SECONDS)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
