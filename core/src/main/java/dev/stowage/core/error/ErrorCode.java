package dev.stowage.core.error;

/** Stable, machine-readable names of errors. Names are only added, never changed. */
public enum ErrorCode {
    INVALID_REQUEST("InvalidRequest"),
    INVALID_KEY("InvalidKey"),
    TOO_MANY_KEYS("TooManyKeys"),
    INVALID_PART_NUMBER("InvalidPartNumber"),
    TOO_MANY_PARTS("TooManyParts"),
    PART_TOO_SMALL("PartTooSmall"),
    INVALID_PART("InvalidPart"),
    INVALID_PART_ORDER("InvalidPartOrder"),
    INVALID_EXPIRY("InvalidExpiry"),
    CHECKSUM_MISMATCH("ChecksumMismatch"),
    UNAUTHORIZED("Unauthorized"),
    ACCESS_DENIED("AccessDenied"),
    OBJECT_ARCHIVED("ObjectArchived"),
    FILE_NOT_FOUND("FileNotFound"),
    UPLOAD_NOT_FOUND("UploadNotFound"),
    JOB_NOT_FOUND("JobNotFound"),
    /** No such resource of another kind. */
    NOT_FOUND("NotFound"),
    CONFLICT("Conflict"),
    PRECONDITION_FAILED("PreconditionFailed"),
    PAYLOAD_TOO_LARGE("PayloadTooLarge"),
    RANGE_NOT_SATISFIABLE("RangeNotSatisfiable"),
    IDEMPOTENCY_KEY_REUSED("IdempotencyKeyReused"),
    NOT_SUPPORTED("NotSupported"),
    STORAGE_REJECTED("StorageRejected"),
    STORAGE_UNAVAILABLE("StorageUnavailable"),
    STORAGE_FULL("StorageFull"),
    QUOTA_EXCEEDED("QuotaExceeded"),
    TOO_MANY_REQUESTS("TooManyRequests");

    private final String id;

    ErrorCode(String id) {
        this.id = id;
    }

    /** Returns the name that clients see, such as {@code FileNotFound}. */
    public String id() {
        return id;
    }
}
