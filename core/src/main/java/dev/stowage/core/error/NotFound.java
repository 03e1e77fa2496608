package dev.stowage.core.error;

import java.util.Map;

/** There is no such file, upload or job. */
public final class NotFound extends StorageException {

    private NotFound(ErrorCode code, String message, Map<String, ?> detail) {
        super(code, message, detail, null);
    }

    /** No object under {@code key}. */
    public static NotFound file(String key) {
        return new NotFound(ErrorCode.FILE_NOT_FOUND, "No file at " + key, Map.of("key", key));
    }

    /** No open upload {@code uploadId} for {@code key}: never begun, finished, aborted or expired. */
    public static NotFound upload(String key, String uploadId) {
        return new NotFound(
                ErrorCode.UPLOAD_NOT_FOUND,
                "No open upload " + uploadId + " for " + key + ". Create a new one.",
                Map.of("key", key, "upload_id", uploadId));
    }

    /** The upload {@code uploadId} for {@code key} has ended; {@code state} says how. */
    public static NotFound endedUpload(String key, String uploadId, String state) {
        return new NotFound(
                ErrorCode.UPLOAD_NOT_FOUND,
                "The upload " + uploadId + " for " + key + " is " + state + ". Create a new one.",
                Map.of("key", key, "upload_id", uploadId, "state", state));
    }

    /** No upload {@code id} that goes on at a byte. */
    public static NotFound resumable(String id) {
        return new NotFound(ErrorCode.UPLOAD_NOT_FOUND, "No such upload. Create a new one.", Map.of("upload", id));
    }

    /** No job {@code id}: never submitted, deleted, or ended so long ago that it was forgotten. */
    public static NotFound job(String id) {
        return new NotFound(ErrorCode.JOB_NOT_FOUND, "No job " + id, Map.of("job_id", id));
    }
}
