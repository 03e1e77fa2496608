package dev.stowage.client;

/**
 * A file that was stored by an upload, a copy or a move.
 *
 * @param size in bytes
 * @param etag without quotes
 */
public record UploadedFile(String key, long size, String etag, String contentType) {

    static UploadedFile of(JsonFields json) {
        return new UploadedFile(json.text("key"), json.number("size"), json.text("etag"), json.text("content_type"));
    }
}
