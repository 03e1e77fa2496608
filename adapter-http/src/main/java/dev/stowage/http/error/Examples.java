package dev.stowage.http.error;

/** Error bodies as the API's documents show them. */
public final class Examples {

    private static final String ID = "\"request_id\":\"0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11\"}";

    public static final String INVALID_REQUEST =
            "{\"error\":\"InvalidRequest\",\"message\":\"The field key is missing\",\"detail\":{\"field\":\"key\"},"
                    + ID;

    public static final String INVALID_KEY =
            "{\"error\":\"InvalidKey\",\"message\":\"The key contains an empty segment (//)\","
                    + "\"detail\":{\"reason\":\"empty_segment\"}," + ID;

    public static final String INVALID_EXPIRY =
            "{\"error\":\"InvalidExpiry\",\"message\":\"expires_in is 1 to 86400 seconds\","
                    + "\"detail\":{\"field\":\"expires_in\"}," + ID;

    public static final String TOO_MANY_KEYS =
            "{\"error\":\"TooManyKeys\",\"message\":\"One batch deletes at most 1000 keys, "
                    + "not 1001; send several batches\",\"detail\":{\"max_keys\":1000}," + ID;

    public static final String INVALID_PART =
            "{\"error\":\"InvalidPart\",\"message\":\"Part 2 was not uploaded\"," + ID;

    public static final String CHECKSUM_MISMATCH =
            "{\"error\":\"ChecksumMismatch\",\"message\":\"The body does not match the md5 digest sent with it; nothing was stored. "
                    + "Send it again.\",\"detail\":{\"algorithm\":\"md5\",\"expected\":\"XUFAKrxLKna5cZ2REBfFkg==\","
                    + "\"actual\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}," + ID;

    public static final String UNAUTHORIZED =
            "{\"error\":\"Unauthorized\",\"message\":\"Send a valid credential, as Authorization: Bearer … or, for an API key, "
                    + "as X-API-Key\"," + ID;

    public static final String NO_RIGHT =
            "{\"error\":\"AccessDenied\",\"message\":\"You have no right to write raw/demo/a.txt\"," + ID;

    public static final String TOO_SLOW =
            "{\"error\":\"InvalidRequest\",\"message\":\"The request was not sent in time; send it again\"," + ID;

    public static final String TOO_FAST =
            "{\"error\":\"TooManyRequests\",\"message\":\"You may make 10 requests each second, "
                    + "and 20 at once; wait as long as Retry-After says\"," + ID;

    public static final String DENIED =
            "{\"error\":\"AccessDenied\",\"message\":\"The URL has expired or was altered\"," + ID;

    public static final String NO_FILE =
            "{\"error\":\"FileNotFound\",\"message\":\"No file at raw/demo/a.txt\",\"detail\":{\"key\":\"raw/demo/a.txt\"},"
                    + ID;

    public static final String NO_UPLOAD =
            "{\"error\":\"UploadNotFound\",\"message\":\"No open upload 7Zk3 for raw/demo/a.txt. Create a new one.\","
                    + "\"detail\":{\"key\":\"raw/demo/a.txt\",\"upload_id\":\"7Zk3\"}," + ID;

    public static final String NO_JOB =
            "{\"error\":\"JobNotFound\",\"message\":\"No job 7f1c2a52\",\"detail\":{\"job_id\":\"7f1c2a52\"}," + ID;

    public static final String JOB_CONFLICT =
            "{\"error\":\"Conflict\",\"message\":\"The job 7f1c2a52 is running: it has not finished\"," + ID;

    public static final String KEY_REUSED = "{\"error\":\"IdempotencyKeyReused\",\"message\":"
            + "\"The Idempotency-Key was used with another body; choose a new key for a new job\"," + ID;

    public static final String TOO_MANY_JOBS =
            "{\"error\":\"TooManyRequests\",\"message\":\"You have 1000 jobs that have not"
                    + " finished, which is the most; wait for some of them or cancel them, and try again\","
                    + "\"detail\":{\"max_open_jobs\":1000}," + ID;

    public static final String TOO_MANY_UPLOADS =
            "{\"error\":\"TooManyRequests\",\"message\":\"You have 10000 open uploads, which is the most; complete some of them or"
                    + " abort them, and try again. GET /api/v1/s3/multipart/list lists them, except the parts of tus concatenations\","
                    + "\"detail\":{\"max_open_uploads\":10000}," + ID;

    public static final String TOO_MANY_STREAMS =
            "{\"error\":\"TooManyRequests\",\"message\":\"Too many event streams are open; close some, or ask for the job itself"
                    + " now and then\"," + ID;

    public static final String CONFLICT =
            "{\"error\":\"Conflict\",\"message\":\"The file at raw/demo/a.txt was replaced "
                    + "while it was moved; both files are kept\"," + ID;

    public static final String PRECONDITION =
            "{\"error\":\"PreconditionFailed\",\"message\":\"There is a file at raw/demo/a.txt already\","
                    + "\"detail\":{\"key\":\"raw/demo/a.txt\"}," + ID;

    public static final String TOO_LARGE =
            "{\"error\":\"PayloadTooLarge\",\"message\":\"The file is over the limit of 104857600 "
                    + "bytes for one upload through the service. Use a presigned URL or a multipart upload.\","
                    + "\"detail\":{\"max_size\":104857600}," + ID;

    public static final String MEDIA_TYPE =
            "{\"error\":\"UnsupportedMediaType\",\"message\":\"Send JSON, with Content-Type: " + "application/json\","
                    + ID;

    public static final String RANGE =
            "{\"error\":\"RangeNotSatisfiable\",\"message\":\"The range lies outside the file, which has 12 bytes\","
                    + "\"detail\":{\"size\":12}," + ID;

    public static final String INTERNAL =
            "{\"error\":\"InternalError\",\"message\":\"Something went wrong here; the log has it under this request_id\","
                    + ID;

    public static final String NOT_SUPPORTED =
            "{\"error\":\"NotSupported\",\"message\":\"The store in use has no presigned URLs; "
                    + "upload and download through the service instead\"," + ID;

    public static final String REJECTED =
            "{\"error\":\"StorageRejected\",\"message\":\"The store refused the request; an operator has to act\","
                    + ID;

    public static final String UNAVAILABLE =
            "{\"error\":\"StorageUnavailable\",\"message\":\"The store does not answer; try again\"," + ID;

    public static final String BUSY =
            "{\"error\":\"StorageUnavailable\",\"message\":\"Too many transfers are under way; try again when Retry-After says\","
                    + ID;

    public static final String FULL = "{\"error\":\"StorageFull\",\"message\":\"The store has no room left\"," + ID;

    private Examples() {}
}
