package dev.stowage.s3;

import dev.stowage.core.job.Fence;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The bucket, and the SDK clients to access it: three that differ in time-outs and retries and share one connection pool.
 *
 * <p>The SDK computes and validates checksums only {@code WHEN_REQUIRED}. Its default adds a CRC32 trailer to every body,
 * which stores without AWS's newer headers refuse (Ceph RGW 16: 400 {@code XAmzContentSHA256Mismatch}) or store as data, and which
 * costs four times the CPU. Digests sent by clients are verified while the body is read, by
 * {@link dev.stowage.core.object.ContentStream}. Where a checksum is required (deleting several objects), {@code Content-MD5} is sent,
 * which every store supports.
 */
final class Connection implements AutoCloseable {

    /** As many as requests may run at once: a request that waits for its client holds a connection to the store. */
    private static final int MAX_CONNECTIONS = 2048;

    /**
     * The size in bytes from which a body waits for {@code 100 Continue}. When a store refuses a request (for a condition, its load, or
     * permissions) and closes the connection while the body is still being sent, its response is lost; smaller bodies fit into
     * the socket's buffers.
     */
    private static final long EXPECT_CONTINUE = 16 << 10;

    private final String bucket;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final S3Client small;
    private final S3Client bulk;
    private final S3Client once;
    private final S3Presigner presigner;

    private Connection(Connection connection, Fence fence) {
        bucket = connection.bucket;
        credentials = connection.credentials;
        http = connection.http;
        small = new FencedClient(connection.small, fence);
        bulk = new FencedClient(connection.bulk, fence);
        once = new FencedClient(connection.once, fence);
        presigner = connection.presigner;
    }

    Connection(S3Config config, Timeouts timeouts) {
        bucket = config.bucket();
        credentials = credentials(config);
        http = new StalledWrites(
                new Transport(
                        MAX_CONNECTIONS,
                        timeouts,
                        Proxy.of(ProxyConfiguration.builder().build())),
                timeouts.idle());
        small = client(
                config,
                ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.call())
                        .build());
        bulk = client(
                config,
                ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .build());
        once = client(
                config,
                ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build());
        presigner = presigner(config);
    }

    /** The same connection, which sends no changes once {@code fence} is closed. It ends with this one. */
    Connection under(Fence fence) {
        return new Connection(this, fence);
    }

    String bucket() {
        return bucket;
    }

    /** The client for calls without a long body: with retries, and time-outs of each attempt and of the call. */
    S3Client small() {
        return small;
    }

    /** The client for repeatable calls that transfer many bytes: with retries, limited only by an idle time-out. */
    S3Client bulk() {
        return bulk;
    }

    /** The client for bodies that can be read only once: without retries. */
    S3Client once() {
        return once;
    }

    S3Presigner presigner() {
        return presigner;
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when there are no credentials */
    void resolveCredentials() {
        credentials.resolveCredentials();
    }

    @Override
    public void close() {
        presigner.close();
        once.close();
        bulk.close();
        small.close();
        http.close();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    private S3Client client(S3Config config, ClientOverrideConfiguration override) {
        LateAttempts attempts = new LateAttempts(System::nanoTime);
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(Region.of(config.address().region()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(config.address().pathStyle())
                        .expectContinueThresholdInBytes(EXPECT_CONTINUE)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .overrideConfiguration(override.copy(late -> late.addExecutionInterceptor(attempts)));
        config.address().endpoint().ifPresent(builder::endpointOverride);
        if (config.signing() != PayloadSigning.AUTO) {
            builder.putAuthScheme(new SigningScheme(config.signing() == PayloadSigning.ALWAYS));
        }
        return builder.build();
    }

    private S3Presigner presigner(S3Config config) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .credentialsProvider(credentials)
                .region(Region.of(config.address().region()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(config.address().pathStyle())
                        .build());
        Optional<URI> endpoint =
                config.address().publicEndpoint().or(() -> config.address().endpoint());
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Config config) {
        return config.credentials()
                .<AwsCredentialsProvider>map(given -> StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        given.accessKeyId(), given.secretAccessKey().value())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
