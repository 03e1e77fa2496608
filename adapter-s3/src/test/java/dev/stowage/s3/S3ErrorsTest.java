package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3ErrorsTest {

    private static final Target FILE = Target.of(new ObjectKey("a/b"));
    private static final Target UPLOAD = Target.of(new ObjectKey("a/b"), new UploadId("u1"));

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, FILE_NOT_FOUND",
        "404, NoSuchUpload, UPLOAD_NOT_FOUND",
        "404, NoSuchBucket, STORAGE_REJECTED",
        "404, '', FILE_NOT_FOUND",
        "403, InvalidObjectState, OBJECT_ARCHIVED",
        "403, ObjectNotInActiveTierError, OBJECT_ARCHIVED",
        "403, AccessDenied, STORAGE_REJECTED",
        "403, InvalidAccessKeyId, STORAGE_REJECTED",
        "403, SignatureDoesNotMatch, STORAGE_REJECTED",
        "403, RequestTimeTooSkewed, STORAGE_REJECTED",
        "401, '', STORAGE_REJECTED",
        "301, PermanentRedirect, STORAGE_REJECTED",
        "400, AuthorizationHeaderMalformed, STORAGE_REJECTED",
        "400, InvalidArgument, STORAGE_REJECTED",
        "400, XAmzContentSHA256Mismatch, STORAGE_REJECTED",
        "412, PreconditionFailed, PRECONDITION_FAILED",
        "412, '', PRECONDITION_FAILED",
        "409, ConditionalRequestConflict, CONFLICT",
        "409, OperationAborted, CONFLICT",
        "409, '', CONFLICT",
        "409, ObjectParentIsFile, CONFLICT",
        "400, XMinioParentIsObject, CONFLICT",
        "400, EntityTooSmall, PART_TOO_SMALL",
        "400, InvalidPart, INVALID_PART",
        "400, InvalidPartOrder, INVALID_PART_ORDER",
        "400, EntityTooLarge, PAYLOAD_TOO_LARGE",
        "400, MetadataTooLarge, INVALID_REQUEST",
        "400, KeyTooLongError, INVALID_KEY",
        "403, QuotaExceeded, STORAGE_FULL",
        "507, XMinioStorageFull, STORAGE_FULL",
        "507, '', STORAGE_FULL",
        "501, NotImplemented, NOT_SUPPORTED",
        "400, RequestTimeout, STORAGE_UNAVAILABLE",
        "400, IncompleteBody, STORAGE_UNAVAILABLE",
        "400, BadDigest, STORAGE_UNAVAILABLE",
        "503, SlowDown, STORAGE_UNAVAILABLE",
        "500, InternalError, STORAGE_UNAVAILABLE",
        "502, '', STORAGE_UNAVAILABLE",
        "429, '', STORAGE_UNAVAILABLE",
        "200, InternalError, STORAGE_UNAVAILABLE",
    })
    void translate_ofResponse_usesTheCode(int status, String code, ErrorCode expected) {
        StorageException error = S3Errors.translate(answer(status, code), FILE);

        assertThat(error.code()).isEqualTo(expected);
        assertThat(error.getMessage()).doesNotContain("secret host");
    }

    @Test
    void translate_ofMissingResourceOfAnUpload_isTheUpload() {
        assertThat(S3Errors.translate(answer(404, ""), UPLOAD).code()).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
    }

    @Test
    void translate_ofUnreachableStore_isUnavailableAndKeepsTheCause() {
        SdkClientException failure = SdkClientException.create("Connect to secret host failed", new IOException());

        StorageException error = S3Errors.translate(failure, FILE);

        assertThat(error).isInstanceOf(StorageUnavailable.class).hasCause(failure);
        assertThat(error.getMessage()).doesNotContain("secret host");
    }

    @Test
    void translate_ofTimeOut_isUnavailable() {
        assertThat(S3Errors.translate(ApiCallTimeoutException.create(10), FILE)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void translate_ofInterruptedCall_keepsTheFlag() {
        StorageException error = S3Errors.translate(AbortedException.create("interrupted"), FILE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(error).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void translate_ofACoreExceptionWithinTheSdks_returnsIt() {
        BrokenContent ours = new BrokenContent("ended early");
        RuntimeException wrapped = SdkClientException.create("x", new IOException(new RuntimeException(ours)));

        assertThat(S3Errors.translate(wrapped, FILE)).isSameAs(ours);
    }

    @Test
    void outcome_isUnknownWithoutAResponseOrAfterARepetition() {
        assertThat(S3Errors.outcomeIsUnknown(answer(412, "PreconditionFailed"))).isFalse();
        assertThat(S3Errors.outcomeIsUnknown(answer(412, "PreconditionFailed", 2)))
                .isTrue();
        assertThat(S3Errors.outcomeIsUnknown(answer(500, "InternalError"))).isTrue();
        assertThat(S3Errors.outcomeIsUnknown(SdkClientException.create("reset")))
                .isTrue();
        assertThat(S3Errors.outcomeIsUnknown(SdkClientException.create("x", new BrokenContent("ended early"))))
                .isFalse();
    }

    private static RuntimeException answer(int status, String code) {
        return answer(status, code, 1);
    }

    private static RuntimeException answer(int status, String code, int attempts) {
        return S3Exception.builder()
                .statusCode(status)
                .message("secret host says no")
                .numAttempts(attempts)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.isEmpty() ? null : code)
                        .errorMessage("secret host says no")
                        .build())
                .build();
    }
}
