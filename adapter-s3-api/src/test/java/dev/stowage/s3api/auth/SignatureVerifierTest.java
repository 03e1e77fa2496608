package dev.stowage.s3api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.config.Secret;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.request.RequestHead;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Checks what the signer of the AWS SDK signs. */
class SignatureVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final String ID = "abcdefghij23";
    private static final Secret SECRET = new Secret("s3cr3t/with+odd=characters");
    private static final Principal ALICE = Principal.of("key:" + ID, "alice", Rights.ALL);

    private final List<AuditEvent> audit = new ArrayList<>();
    private Instant now = NOW;
    private final SignatureVerifier check = new SignatureVerifier(
            Optional.of(
                    (id, signedWith) -> signedWith.test(id.equals(ID) ? SECRET : new Secret("random")) && id.equals(ID)
                            ? Optional.of(ALICE)
                            : Optional.empty()),
            audit::add,
            () -> now);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bucket/key",
                "/bucket/a%20b/%C3%A4%2B%21%27%28%29%2A~",
                "/bucket/a//b/",
                "/bucket?list-type=2&prefix=a%2Fb%20c&delimiter=%2F",
                "/bucket/key?uploads",
                "/bucket/key?versionId=null&response-content-type=text%2Fplain",
                "/"
            })
    void authorizationHeader_ofTheSdk_isAccepted(String target) {
        RequestHead head = head(sign(get(target), signing -> {}));

        assertThat(check.authenticate(head).caller()).isEqualTo(ALICE);
    }

    @Test
    void headersWithSeveralSpaces_areSignedWithOne() {
        SdkHttpRequest request = get("/bucket/key").toBuilder()
                .putHeader("x-amz-meta-a", "  b   c ")
                .build();

        assertThat(check.authenticate(head(sign(request, signing -> {}))).caller())
                .isEqualTo(ALICE);
    }

    @Test
    void presignedUrl_isAcceptedUntilItExpires() {
        RequestHead head = head(presigned("/bucket/a%20b?versionId=null", Duration.ofMinutes(5)));

        assertThat(check.authenticate(head).caller()).isEqualTo(ALICE);
        now = NOW.plus(Duration.ofSeconds(299));
        assertThat(check.authenticate(head).caller()).isEqualTo(ALICE);
        now = NOW.plus(Duration.ofMinutes(5));
        assertThat(refusal(head).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1000", "-9223372036854775808"})
    void presignedUrl_withoutALifetime_hasExpired(String expires) {
        // The client's clock is ahead.
        now = NOW.minus(Duration.ofSeconds(10));

        S3ErrorException refusal = refusal(RequestHead.of(
                "GET",
                "/bucket/key",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + ID
                        + "%2F20261127%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=" + HttpTime.basic(NOW) + "&X-Amz-Expires=" + expires
                        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + "0".repeat(64),
                new HeaderLines().add("Host", "localhost")));

        assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
        assertThat(refusal.message()).isEqualTo("Request has expired");
    }

    @Test
    void presignedUrl_ofTheFuture_isRefused() {
        RequestHead head = head(presigned("/bucket/key", Duration.ofHours(1)));
        now = NOW.minus(Duration.ofMinutes(16));

        assertThat(refusal(head).message()).contains("not valid yet");
    }

    @Test
    void presignedUrl_withAnUnsignedHeader_isRefused() {
        RequestHead head = head(presigned("/bucket/key", Duration.ofHours(1)));
        head.headers().add("X-Amz-Meta-Injected", "yes");

        assertThat(refusal(head).details()).containsEntry("HeadersNotSigned", "x-amz-meta-injected");
    }

    @Test
    void anotherPath_isRefused() {
        RequestHead signed = head(sign(get("/bucket/key"), signing -> {}));
        RequestHead other = RequestHead.of("GET", "/bucket/other", "", signed.headers());

        assertThat(refusal(other).code()).isEqualTo(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void anotherMethodOrQuery_isRefused() {
        RequestHead signed = head(sign(get("/bucket/key"), signing -> {}));

        assertThat(refusal(RequestHead.of("DELETE", "/bucket/key", "", signed.headers()))
                        .code())
                .isEqualTo(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refusal(RequestHead.of("GET", "/bucket/key", "acl", signed.headers()))
                        .code())
                .isEqualTo(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    /** Otherwise the answers would tell which access keys exist. */
    @Test
    void unknownKey_andWrongSecret_areAnsweredAlike() {
        S3ErrorException unknown =
                refusal(head(sign("zzzzzzzzzz22", SECRET.value(), get("/bucket/key"), signing -> {})));
        S3ErrorException wrong = refusal(head(sign(ID, "wrong", get("/bucket/key"), signing -> {})));

        assertThat(unknown.code()).isEqualTo(wrong.code());
        assertThat(unknown.message()).isEqualTo(wrong.message());
        assertThat(unknown.details()).isEqualTo(wrong.details());
        assertThat(audit).hasSize(2);
    }

    @Test
    void clockSkew_isAcceptedUpToAQuarterOfAnHour() {
        RequestHead head = head(sign(get("/bucket/key"), signing -> {}));
        now = NOW.plus(SignatureVerifier.MAX_SKEW);
        assertThat(check.authenticate(head).caller()).isEqualTo(ALICE);

        now = now.plusSeconds(1);
        assertThat(refusal(head).code()).isEqualTo(S3ErrorCode.REQUEST_TIME_TOO_SKEWED);
    }

    @Test
    void withoutSignature_isRefused() {
        assertThat(refusal(RequestHead.of("GET", "/bucket/key", "", new HeaderLines()))
                        .code())
                .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential",
                "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/20261127/r/s3/aws4_request, SignedHeaders=, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/20200101/r/s3/aws4_request, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/20261127/r/s3/aws4_request, Credential=b, SignedHeaders=host, Signature=0",
                "AWS abc:def",
                "Bearer stw_abc"
            })
    void malformedAuthorization_isAClientError(String authorization) {
        HeaderLines headers = new HeaderLines()
                .add("Authorization", authorization)
                .add("x-amz-date", "20261127T100000Z")
                .add("Host", "localhost");

        assertThat(refusal(RequestHead.of("GET", "/bucket/key", "", headers))
                        .code()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void withoutAuthentication_anySignatureIsAccepted() {
        SignatureVerifier open = new SignatureVerifier(Optional.empty(), audit::add, () -> now);

        assertThat(open.authenticate(RequestHead.of("GET", "/b/k", "", new HeaderLines()))
                        .caller())
                .isEqualTo(Principal.ANYONE);
    }

    private S3ErrorException refusal(RequestHead head) {
        return catchThrowableOfType(S3ErrorException.class, () -> check.authenticate(head));
    }

    private static SdkHttpRequest get(String target) {
        return SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://localhost:9091" + target))
                .build();
    }

    private static SdkHttpRequest presigned(String target, Duration expiry) {
        return sign(
                get(target),
                signing -> signing.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, expiry)
                        // As the presigner of S3 does.
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false));
    }

    private static SdkHttpRequest sign(
            SdkHttpRequest request, Consumer<SignRequest.Builder<AwsCredentialsIdentity>> options) {
        return sign(ID, SECRET.value(), request, options);
    }

    private static SdkHttpRequest sign(
            String id,
            String secret,
            SdkHttpRequest request,
            Consumer<SignRequest.Builder<AwsCredentialsIdentity>> options) {
        return AwsV4HttpSigner.create()
                .sign(signing -> {
                    signing.identity(AwsCredentialsIdentity.create(id, secret))
                            .request(request)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
                    options.accept(signing);
                })
                .request();
    }

    private static RequestHead head(SdkHttpRequest request) {
        HeaderLines headers = new HeaderLines();
        request.headers().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        return RequestHead.of(
                request.method().name(),
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                headers);
    }
}
