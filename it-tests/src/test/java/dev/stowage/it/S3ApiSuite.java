package dev.stowage.it;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.store.StandSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tests of the S3 API by the AWS SDK. A service for all tests on a store, with a bucket for each project. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class S3ApiSuite extends ServiceSuite {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    S3Client s3 = S3Client.builder().region(Region.US_EAST_1).build();
    Api plain = new Api(URI.create("http://127.0.0.1"));
    Api http = new Api(URI.create("http://127.0.0.1"));

    @BeforeParameterizedClassInvocation
    void service(StandSource store, @TempDir Path folder) {
        Map<String, String> settings = new HashMap<>(store.get().settings(folder));
        settings.put("S3_API_PORT", "0");
        settings.put("S3_API_BUCKETS", "{project_id}=raw/{project_id}/");
        RunningService service = HostedService.start(folder, settings);
        open.push(service);
        http = new Api(service.address());
        plain = new Api(service.s3Address());
        s3 = client(service.s3Address()).build();
        open.push(s3);
    }

    @AfterParameterizedClassInvocation
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    String put(String name, int size) {
        return s3.putObject(put -> put.bucket(project).key(name), RequestBody.fromBytes(bytes(size)))
                .eTag();
    }

    static String code(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call).awsErrorDetails().errorCode();
    }

    static int status(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call).statusCode();
    }

    private static S3ClientBuilder client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
    }
}
