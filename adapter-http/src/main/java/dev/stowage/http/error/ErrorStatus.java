package dev.stowage.http.error;

import dev.stowage.core.error.ErrorCode;

/** The HTTP status of each error code. */
final class ErrorStatus {

    private ErrorStatus() {}

    static int of(ErrorCode code) {
        // No default, so that a new code does not compile until it has a status.
        return switch (code) {
            case INVALID_REQUEST,
                    INVALID_KEY,
                    TOO_MANY_KEYS,
                    INVALID_PART_NUMBER,
                    TOO_MANY_PARTS,
                    PART_TOO_SMALL,
                    INVALID_PART,
                    INVALID_PART_ORDER,
                    INVALID_EXPIRY,
                    CHECKSUM_MISMATCH -> 400;
            case UNAUTHORIZED -> 401;
            case ACCESS_DENIED, OBJECT_ARCHIVED -> 403;
            case FILE_NOT_FOUND, UPLOAD_NOT_FOUND, JOB_NOT_FOUND, NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case PRECONDITION_FAILED -> 412;
            case PAYLOAD_TOO_LARGE -> 413;
            case RANGE_NOT_SATISFIABLE -> 416;
            case IDEMPOTENCY_KEY_REUSED -> 422;
            case TOO_MANY_REQUESTS -> 429;
            case NOT_SUPPORTED -> 501;
            case STORAGE_REJECTED -> 502;
            case STORAGE_UNAVAILABLE -> 503;
            case QUOTA_EXCEEDED, STORAGE_FULL -> 507;
        };
    }
}
