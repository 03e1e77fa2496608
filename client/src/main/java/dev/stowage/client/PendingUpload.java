package dev.stowage.client;

import java.time.Instant;

/**
 * An upload in progress: a multipart or a resumable one.
 *
 * @param parts how many parts the store has
 * @param bytes the size of these parts; a resumable upload may have received more
 */
public record PendingUpload(String key, String uploadId, Instant initiated, Instant expiresAt, long parts, long bytes) {

    static PendingUpload of(JsonFields json) {
        return new PendingUpload(
                json.text("key"),
                json.text("upload_id"),
                json.time("initiated"),
                json.time("expires_at"),
                json.number("parts"),
                json.number("bytes"));
    }
}
