package dev.stowage.core.error;

import java.util.Map;

/** There is no such file, upload, job, schedule, webhook or API key. */
public final class NotFound extends StorageException {

    private NotFound(ErrorCode code, String message, Map<String, ?> detail) {
        super(code, message, detail, null);
    }

    /** Creates the error for a missing object. */
    public static NotFound file(String key) {
        return new NotFound(ErrorCode.FILE_NOT_FOUND, "No file at " + key, Map.of("key", key));
    }

    /** Creates the error for a missing upload: never created, completed, aborted or expired. */
    public static NotFound upload(String key, String uploadId) {
        return new NotFound(
                ErrorCode.UPLOAD_NOT_FOUND,
                "No open upload " + uploadId + " for " + key + ". Create a new one.",
                Map.of("key", key, "upload_id", uploadId));
    }

    /** Creates the error for an upload that has ended; {@code state} says how. */
    public static NotFound endedUpload(String key, String uploadId, String state) {
        return new NotFound(
                ErrorCode.UPLOAD_NOT_FOUND,
                "The upload " + uploadId + " for " + key + " is " + state + ". Create a new one.",
                Map.of("key", key, "upload_id", uploadId, "state", state));
    }

    /** Creates the error for a missing resumable upload. */
    public static NotFound resumable(String id) {
        return new NotFound(ErrorCode.UPLOAD_NOT_FOUND, "No such upload. Create a new one.", Map.of("upload", id));
    }

    /** Creates the error for a missing API key: never created, or one that the principal may not manage. */
    public static NotFound apiKey(String id) {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "No API key has the id " + id + "; list the keys to see their ids",
                Map.of("id", id));
    }

    /** Creates the error for a missing schedule: never created, deleted, or another principal's. */
    public static NotFound schedule(String id) {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "No schedule has the id " + id + "; list the schedules to see their ids",
                Map.of("id", id));
    }

    /** Creates the error for a missing webhook: never created, deleted, or another principal's. */
    public static NotFound webhook(String id) {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "No webhook has the id " + id + "; list the webhooks to see their ids",
                Map.of("id", id));
    }

    /** Creates the error for a missing delivery: the event did not match, or it was deleted because of its age. */
    public static NotFound delivery(String id, String number) {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "The webhook " + id + " has no delivery " + number + "; list its deliveries to see their numbers",
                Map.of("id", id, "number", number));
    }

    /** Creates the error for a prefix without files. */
    public static NotFound files(String prefix) {
        return new NotFound(
                ErrorCode.FILE_NOT_FOUND,
                "No file has a key that begins with '" + prefix + "'",
                Map.of("prefix", prefix));
    }

    /** Creates the error for a URL of an archive that is not valid, or has expired. */
    public static NotFound archive() {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "There is no such archive, or its URL has expired; request the archive again",
                Map.of());
    }

    /** Creates the error for a missing link: never created, or one that the principal may not see. */
    public static NotFound link(String id) {
        return new NotFound(
                ErrorCode.NOT_FOUND,
                "No link has the id " + id + "; list the links to see their ids",
                Map.of("id", id));
    }

    /** Creates the error for a URL of a link, which may have ended or never existed. */
    public static NotFound endedLink() {
        return new NotFound(ErrorCode.NOT_FOUND, "There is no such link, or it has ended", Map.of());
    }

    /** Creates the error for a missing job: never submitted, deleted, or pruned. */
    public static NotFound job(String id) {
        return new NotFound(ErrorCode.JOB_NOT_FOUND, "No job " + id, Map.of("job_id", id));
    }
}
