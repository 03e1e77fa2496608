package dev.stowage.s3api.error;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageException;
import java.util.Objects;

/** Maps failures of the core to errors of S3. */
public final class S3ErrorMapper {

    private S3ErrorMapper() {}

    /** Returns what the client sees of a failure. */
    public static S3ErrorException map(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A body's decoder may have been wrapped by what read the body.
            if (cause instanceof S3ErrorException known) {
                return known;
            }
        }
        return failure instanceof StorageException storage
                ? map(storage)
                : new S3ErrorException(
                        S3ErrorCode.INTERNAL_ERROR, "Internal error; quote the RequestId to the operator");
    }

    private static S3ErrorException map(StorageException failure) {
        S3ErrorException error =
                new S3ErrorException(code(failure), Objects.requireNonNullElse(failure.getMessage(), ""));
        if (failure instanceof RangeNotSatisfiable range) {
            // RFC 9110, section 15.5.17
            return error.with("ActualObjectSize", Long.toString(range.size()))
                    .withHeader("Content-Range", "bytes */" + range.size());
        }
        return error;
    }

    private static S3ErrorCode code(StorageException failure) {
        if (failure instanceof BrokenContent) {
            return S3ErrorCode.INCOMPLETE_BODY;
        }
        if (failure instanceof ChecksumMismatch) {
            return S3ErrorCode.BAD_DIGEST;
        }
        if (failure.code() == ErrorCode.INVALID_KEY
                && "too_long".equals(failure.detail().get("reason"))) {
            return S3ErrorCode.KEY_TOO_LONG;
        }
        return code(failure.code());
    }

    private static S3ErrorCode code(ErrorCode code) {
        // No default, so that a new code does not compile until it is mapped.
        return switch (code) {
            case INVALID_REQUEST, INVALID_EXPIRY -> S3ErrorCode.INVALID_REQUEST;
            case INVALID_KEY, INVALID_PART_NUMBER, TOO_MANY_PARTS -> S3ErrorCode.INVALID_ARGUMENT;
            case TOO_MANY_KEYS -> S3ErrorCode.MALFORMED_XML;
            case PART_TOO_SMALL -> S3ErrorCode.ENTITY_TOO_SMALL;
            case INVALID_PART -> S3ErrorCode.INVALID_PART;
            case INVALID_PART_ORDER -> S3ErrorCode.INVALID_PART_ORDER;
            case CHECKSUM_MISMATCH -> S3ErrorCode.BAD_DIGEST;
            case UNAUTHORIZED, ACCESS_DENIED -> S3ErrorCode.ACCESS_DENIED;
            case OBJECT_ARCHIVED -> S3ErrorCode.INVALID_OBJECT_STATE;
            case FILE_NOT_FOUND, JOB_NOT_FOUND, NOT_FOUND -> S3ErrorCode.NO_SUCH_KEY;
            case UPLOAD_NOT_FOUND -> S3ErrorCode.NO_SUCH_UPLOAD;
            case CONFLICT, IDEMPOTENCY_KEY_REUSED -> S3ErrorCode.OPERATION_ABORTED;
            case PRECONDITION_FAILED -> S3ErrorCode.PRECONDITION_FAILED;
            case PAYLOAD_TOO_LARGE -> S3ErrorCode.ENTITY_TOO_LARGE;
            case RANGE_NOT_SATISFIABLE -> S3ErrorCode.INVALID_RANGE;
            case NOT_SUPPORTED -> S3ErrorCode.NOT_IMPLEMENTED;
            case STORAGE_REJECTED -> S3ErrorCode.INTERNAL_ERROR;
            case STORAGE_UNAVAILABLE -> S3ErrorCode.SERVICE_UNAVAILABLE;
            case STORAGE_FULL, QUOTA_EXCEEDED -> S3ErrorCode.QUOTA_EXCEEDED;
            case TOO_MANY_REQUESTS -> S3ErrorCode.SLOW_DOWN;
        };
    }
}
