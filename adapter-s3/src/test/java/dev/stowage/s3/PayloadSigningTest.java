package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.HashedBytes;
import dev.stowage.testkit.fault.FaultyS3;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The requests as sent. The server behind verifies every signature. */
final class PayloadSigningTest {

    private static final ObjectKey KEY = new ObjectKey("signed");

    @TempDir
    private static Path directory;

    private S3Server server;
    private FaultyS3 recorder;

    @BeforeEach
    void start() {
        server = S3Server.start();
        recorder = new FaultyS3(server.endpoint());
    }

    @AfterEach
    void stop() {
        recorder.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always"})
    void put_overHttp_signsTheBody(String signing) {
        put(signing, 100_000);

        assertThat(header("X-amz-content-sha256")).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    }

    @Test
    void put_overHttpWithNever_doesNotEncodeTheBody() {
        put("never", 100_000);

        assertThat(header("X-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        assertThat(header("Content-length")).isEqualTo("100000");
        assertThat(request().headers()).doesNotContainKeys("Content-encoding", "X-amz-decoded-content-length");
    }

    @Test
    void everyRequest_withNever_isAccepted() {
        try (Storage storage = open("never")) {
            put(storage, 11 << 20);
            assertThat(storage.objects().stat(KEY).orElseThrow().size()).isEqualTo(11 << 20);
            storage.objects().delete(List.of(KEY, new ObjectKey("other")));
            assertThat(storage.objects().stat(KEY)).isEmpty();
        }
    }

    @Test
    void put_ofUnsignedBody_hashesItOnceForTheDigestOfTheClient() {
        int size = 1 << 20;
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        hasher.update(new byte[size], 0, size);
        Checksum sent = Checksum.of(ChecksumAlgorithm.SHA256, hasher.finish());

        try (Storage storage = open("never");
                HashedBytes hashed = HashedBytes.count()) {
            storage.objects()
                    .put(
                            KEY,
                            Content.once(new ByteArrayInputStream(new byte[size]), OptionalLong.of(size)),
                            new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, List.of(sent)));

            // And the heads of the requests, for their signatures.
            assertThat(hashed.of(ChecksumAlgorithm.SHA256)).isBetween((long) size, size + 50_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always", "never"})
    void put_sendsNoChecksumThatOtherStoresRefuse(String signing) {
        put(signing, 100);

        assertThat(request().headers().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-amz-checksum"))
                .noneMatch(name -> name.equalsIgnoreCase("x-amz-trailer"))
                .noneMatch(name -> name.equalsIgnoreCase("x-amz-sdk-checksum-algorithm"));
    }

    @Test
    void delete_ofSeveral_sendsContentMd5() {
        try (Storage storage = open("auto")) {
            put(storage, 10);
            storage.objects().copy(KEY, new ObjectKey("other"), dev.stowage.core.port.CopyOptions.DEFAULT);
            storage.objects().delete(List.of(KEY, new ObjectKey("other")));
        }

        assertThat(recorder.seen())
                .filteredOn(request -> request.query().startsWith("delete"))
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsKey("Content-md5"));
    }

    @Test
    void put_ofSmallBody_doesNotExpectContinue() {
        put("auto", 1000);
        assertThat(request().headers()).doesNotContainKey("Expect");
    }

    @Test
    void put_ofLargerBody_expectsContinue() {
        put("auto", 100_000);
        assertThat(header("Expect")).isEqualTo("100-continue");
    }

    @Test
    void sign_overHttps_followsTheSetting() {
        assertThat(signed(new SigningScheme(true), "https", 443)).startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        assertThat(signed(new SigningScheme(false), "https", 443)).isEqualTo("UNSIGNED-PAYLOAD");
        assertThat(signed(new SigningScheme(false), "http", 80)).isEqualTo("UNSIGNED-PAYLOAD");
    }

    @Test
    void sign_neverOverHttp_keepsProtocolAndPort() {
        SdkHttpRequest request = sign(new SigningScheme(false), "http", 80).request();

        assertThat(request.protocol()).isEqualTo("http");
        assertThat(request.port()).isEqualTo(80);
        assertThat(request.firstMatchingHeader("Host")).hasValue("s3.example");
    }

    private static String signed(SigningScheme scheme, String protocol, int port) {
        return sign(scheme, protocol, port)
                .request()
                .firstMatchingHeader("x-amz-content-sha256")
                .orElseThrow();
    }

    private static SignedRequest sign(SigningScheme scheme, String protocol, int port) {
        byte[] body = new byte[100];
        return scheme.signer()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create("id", "secret"))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .protocol(protocol)
                                .host("s3.example")
                                .port(port)
                                .encodedPath("/b/k")
                                .putHeader("Content-Length", "100")
                                .build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
    }

    private FaultyS3.Request request() {
        return recorder.seen().stream()
                .filter(request -> FaultyS3.isPut(request) && request.path().endsWith("/" + KEY))
                .findFirst()
                .orElseThrow();
    }

    private String header(String name) {
        Map<String, List<String>> headers = request().headers();
        return headers.getOrDefault(name, List.of("none")).get(0);
    }

    private void put(String signing, int size) {
        try (Storage storage = open(signing)) {
            put(storage, size);
        }
    }

    private static void put(Storage storage, int size) {
        storage.objects()
                .put(
                        KEY,
                        Content.once(new ByteArrayInputStream(new byte[size]), OptionalLong.of(size)),
                        PutOptions.DEFAULT);
    }

    private Storage open(String signing) {
        return Stores.open(
                Stores.with(S3Server.settings(recorder.endpoint()), "S3_PAYLOAD_SIGNING", signing),
                Stores.SMALL,
                directory);
    }
}
