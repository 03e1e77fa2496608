package dev.stowage.http.error;

import dev.stowage.core.error.ErrorCode;

/** The errors that routes declare, each with the example that the OpenAPI document shows. */
public enum RouteError {
    INVALID_REQUEST(ErrorCode.INVALID_REQUEST, "The field key is missing", "{\"field\":\"key\"}"),
    /** The request has a condition that the route does not honor. */
    UNSUPPORTED_CONDITION(
            ErrorCode.INVALID_REQUEST,
            "If-Match is not supported for this request; send the request without this header",
            "{\"field\":\"If-Match\"}"),
    INVALID_KEY(ErrorCode.INVALID_KEY, "The key contains an empty segment (//)", "{\"reason\":\"empty_segment\"}"),
    INVALID_EXPIRY(
            ErrorCode.INVALID_EXPIRY, "expires_in must be between 1 and 86400 seconds", "{\"field\":\"expires_in\"}"),
    INVALID_KEY_EXPIRY(
            ErrorCode.INVALID_EXPIRY,
            "A key's lifetime must be at least a second and at most 36500 days",
            "{\"field\":\"expires_in\"}"),
    INVALID_FILE_EXPIRY(
            ErrorCode.INVALID_EXPIRY,
            "expires_in must be a whole number of seconds, from 1 to 3155760000",
            "{\"field\":\"expires_in\"}"),
    TOO_MANY_KEYS(
            ErrorCode.TOO_MANY_KEYS,
            "A batch deletes at most 1000 keys, not 1001; send several batches",
            "{\"max_keys\":1000}"),
    TOO_MANY_FILES(
            ErrorCode.TOO_MANY_KEYS,
            "An archive has at most 1000000 files; request parts of it by longer prefixes, or submit a batch job with the operation archive",
            "{\"max_files\":1000000}"),
    INVALID_PART(ErrorCode.INVALID_PART, "Part 2 was not uploaded"),
    INVALID_PART_NUMBER(ErrorCode.INVALID_PART_NUMBER, "A part number must be between 1 and 10000"),
    INVALID_PART_ORDER(ErrorCode.INVALID_PART_ORDER, "Parts must be listed once each, in ascending order; 1 follows 2"),
    PART_TOO_SMALL(ErrorCode.PART_TOO_SMALL, "Part 1 is smaller than 5242880 bytes and is not the last one"),
    TOO_MANY_PARTS(ErrorCode.TOO_MANY_PARTS, "An upload has at most 10000 parts"),
    CHECKSUM_MISMATCH(
            ErrorCode.CHECKSUM_MISMATCH,
            "The body does not match the md5 digest sent with it; nothing was stored. Send it again.",
            "{\"algorithm\":\"md5\",\"expected\":\"XUFAKrxLKna5cZ2REBfFkg==\",\"actual\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}"),
    UNAUTHORIZED(
            ErrorCode.UNAUTHORIZED,
            "Send a valid credential, as Authorization: Bearer … or, for an API key, as X-API-Key"),
    ACCESS_DENIED(ErrorCode.ACCESS_DENIED, "You have no right to write raw/demo/a.txt"),
    /** A signed URL is not valid. */
    URL_DENIED(ErrorCode.ACCESS_DENIED, "The signed URL is not valid for this request; use it unchanged"),
    OBJECT_ARCHIVED(ErrorCode.OBJECT_ARCHIVED, "The store keeps the file at raw/demo/a.txt in an archive"),
    FILE_NOT_FOUND(ErrorCode.FILE_NOT_FOUND, "No file at raw/demo/a.txt", "{\"key\":\"raw/demo/a.txt\"}"),
    UPLOAD_NOT_FOUND(
            ErrorCode.UPLOAD_NOT_FOUND,
            "No open upload 7Zk3 for raw/demo/a.txt. Create a new one.",
            "{\"key\":\"raw/demo/a.txt\",\"upload_id\":\"7Zk3\"}"),
    JOB_NOT_FOUND(ErrorCode.JOB_NOT_FOUND, "No job 7f1c2a52", "{\"job_id\":\"7f1c2a52\"}"),
    API_KEY_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "No API key has the id k3x9m2q7ah4d; list the keys to see their ids",
            "{\"id\":\"k3x9m2q7ah4d\"}"),
    SCHEDULE_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "No schedule has the id 7f1c2a52; list the schedules to see their ids",
            "{\"id\":\"7f1c2a52\"}"),
    WEBHOOK_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "No webhook has the id 7f1c2a52; list the webhooks to see their ids",
            "{\"id\":\"7f1c2a52\"}"),
    ARCHIVE_NOT_FOUND(
            ErrorCode.NOT_FOUND, "There is no such archive, or its URL has expired; request the archive again"),
    LINK_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "No link has the id k3x9m2q7ah4d; list the links to see their ids",
            "{\"id\":\"k3x9m2q7ah4d\"}"),
    /** A link has ended, or its token is wrong. */
    LINK_ENDED(ErrorCode.NOT_FOUND, "There is no such link, or it has ended"),
    /** A link needs a password. */
    PASSWORD_REQUIRED(
            ErrorCode.UNAUTHORIZED, "The link needs a password; send it by Basic authentication, with any user name"),
    /** The path takes other methods only, here because of the kind of link. */
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "This path supports GET, HEAD, not PUT", ""),
    NAME_TAKEN(ErrorCode.CONFLICT, "A file with the name a.txt is already there; choose another name"),
    /** The body was not received in time. */
    REQUEST_TIMEOUT(408, ErrorCode.INVALID_REQUEST.id(), "The request was not received in time; send it again", ""),
    CONFLICT(ErrorCode.CONFLICT, "The file at raw/demo/a.txt was replaced during the move; both files are kept"),
    /** A file of the archive has changed. */
    ARCHIVE_CONFLICT(
            ErrorCode.CONFLICT,
            "The file at raw/demo/a.txt was replaced or deleted since the archive was requested; request the archive again",
            "{\"key\":\"raw/demo/a.txt\"}"),
    /** The job's state does not allow it. */
    JOB_CONFLICT(ErrorCode.CONFLICT, "The job 7f1c2a52 (running) has not finished; cancel it before you delete it"),
    /** The API key is no longer valid. */
    API_KEY_CONFLICT(ErrorCode.CONFLICT, "The key k3x9m2q7ah4d is revoked or expired; create a new one"),
    PRECONDITION_FAILED(
            ErrorCode.PRECONDITION_FAILED,
            "A file exists at raw/demo/a.txt, and the request must not replace it",
            "{\"key\":\"raw/demo/a.txt\"}"),
    PAYLOAD_TOO_LARGE(
            ErrorCode.PAYLOAD_TOO_LARGE,
            "The file exceeds the limit of 104857600 bytes for one upload through the service. "
                    + "Use a presigned URL or a multipart upload.",
            "{\"max_size\":104857600}"),
    JSON_TOO_LARGE(
            ErrorCode.PAYLOAD_TOO_LARGE,
            "A JSON body may have at most 16777216 bytes; send several smaller requests",
            "{\"max_size\":16777216}"),
    UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType", "Send JSON, with Content-Type: application/json", ""),
    RANGE_NOT_SATISFIABLE(
            ErrorCode.RANGE_NOT_SATISFIABLE, "The range is outside the file, which has 12 bytes", "{\"size\":12}"),
    IDEMPOTENCY_KEY_REUSED(
            ErrorCode.IDEMPOTENCY_KEY_REUSED,
            "The Idempotency-Key was used with another body; use a new key for a new job"),
    /** The caller makes too many requests. */
    TOO_MANY_REQUESTS(
            ErrorCode.TOO_MANY_REQUESTS,
            "The limit is 10 requests a second, in bursts of up to 20; try again after the time in Retry-After"),
    TOO_MANY_JOBS(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have 1000 unfinished jobs, which is the limit; wait for some of them or cancel them, and try again",
            "{\"max_open_jobs\":1000}"),
    TOO_MANY_SCHEDULES(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have 100 schedules, which is the limit; delete some of them, and try again",
            "{\"max_schedules\":100}"),
    /** Others change the schedule at the same time. */
    SCHEDULE_CONFLICT(ErrorCode.CONFLICT, "The schedule 7f1c2a52 is being changed by other requests; try again"),
    TOO_MANY_LINKS(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have 10000 links, which is the limit; revoke some of them, and try again in a month",
            "{\"max_links\":10000}"),
    RULES_CONFLICT(ErrorCode.CONFLICT, "The rules are being changed by other requests; try again"),
    RULES_CHANGED(
            ErrorCode.PRECONDITION_FAILED,
            "The rules have changed since you read them; read them again and repeat the change"),
    TOO_MANY_WEBHOOKS(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have 100 webhooks, which is the limit; delete some of them, and try again",
            "{\"max_webhooks\":100}"),
    /** Others change the webhook at the same time. */
    WEBHOOK_CONFLICT(ErrorCode.CONFLICT, "The webhook 7f1c2a52 is being changed by other requests; try again"),
    TOO_MANY_UPLOADS(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have 10000 open uploads, which is the limit; complete or abort some of them, and try again. "
                    + "GET /api/v1/s3/multipart/list lists them, except partial uploads of tus",
            "{\"max_open_uploads\":10000}"),
    TOO_MANY_ARCHIVES(
            ErrorCode.TOO_MANY_REQUESTS,
            "You have requested 1000 archives in the last hour, which is the limit; download those, or try again later",
            "{\"max_archives\":1000}"),
    TOO_MANY_STREAMS(
            ErrorCode.TOO_MANY_REQUESTS, "Too many event streams are open; close some, or poll the job instead"),
    /** A checksum mismatch with the status that tus defines. */
    TUS_CHECKSUM_MISMATCH(460, CHECKSUM_MISMATCH),
    INTERNAL(500, "InternalError", "Internal error; quote this request_id to the operator", ""),
    NOT_SUPPORTED(
            ErrorCode.NOT_SUPPORTED,
            "The store does not support presigned URLs; upload and download through the service"),
    LINKS_NOT_SUPPORTED(ErrorCode.NOT_SUPPORTED, "This service has no links (MAX_LINKS); use presigned URLs"),
    S3_KEYS_NOT_SUPPORTED(ErrorCode.NOT_SUPPORTED, "This service has no secret for S3 key pairs; set S3_API_SECRET"),
    CONDITION_NOT_SUPPORTED(
            ErrorCode.NOT_SUPPORTED, "The store can't decide conditions on deletions; send the request without them"),
    DIGEST_NOT_SUPPORTED(
            ErrorCode.NOT_SUPPORTED, "None of the algorithms in Content-Digest is supported; send sha-256 or sha-512"),
    STORAGE_REJECTED(ErrorCode.STORAGE_REJECTED, "The store refused the request"),
    STORAGE_UNAVAILABLE(
            ErrorCode.STORAGE_UNAVAILABLE, "The store can't be reached or does not respond. Try again later."),
    TOO_MANY_TRANSFERS(
            503, "ServiceBusy", "Too many transfers are running; try again after the time in Retry-After", ""),
    STORAGE_FULL(ErrorCode.STORAGE_FULL, "The store has no space left"),
    QUOTA_EXCEEDED(ErrorCode.QUOTA_EXCEEDED, "The project demo uses its whole quota");

    private final int status;
    private final String id;
    private final String message;
    private final String detail;

    RouteError(ErrorCode code, String message) {
        this(code, message, "");
    }

    RouteError(ErrorCode code, String message, String detail) {
        this(ErrorStatus.of(code), code.id(), message, detail);
    }

    RouteError(int status, RouteError other) {
        this(status, other.id, other.message, other.detail);
    }

    RouteError(int status, String id, String message, String detail) {
        this.status = status;
        this.id = id;
        this.message = message;
        this.detail = detail;
    }

    /** The status of the response. */
    public int status() {
        return status;
    }

    /** The machine-readable code, as in {@link ErrorBody#error}. */
    public String id() {
        return id;
    }

    /** The message of the example. */
    public String message() {
        return message;
    }

    /** The detail of the example, as JSON; may be empty. */
    public String detail() {
        return detail;
    }
}
