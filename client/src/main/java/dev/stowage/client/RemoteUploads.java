package dev.stowage.client;

import java.util.Optional;

/** The uploads in progress that the caller can see. Thread-safe. */
public final class RemoteUploads {

    private static final String MULTIPART = "/api/v1/s3/multipart/";

    private final ApiConnection connection;

    RemoteUploads(ApiConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns a page of uploads.
     *
     * @param prefix of their keys; empty for all
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<PendingUpload> list(String prefix, Optional<String> cursor) throws InterruptedException {
        JsonFields json = connection
                .call(ApiRequest.get(MULTIPART + "list?prefix=" + UrlText.query(prefix)
                        + cursor.map(text -> "&continuation_token=" + UrlText.query(text))
                                .orElse("")))
                .json();
        return new ListPage<>(json.list("uploads", PendingUpload::of), json.optionalText("next_continuation_token"));
    }

    /** Aborts an upload and frees its bytes. @throws StowageException with {@code UploadNotFound} when there is none */
    public void abort(String key, String uploadId) throws InterruptedException {
        connection.call(ApiRequest.delete(
                MULTIPART + "abort?key=" + UrlText.query(key) + "&upload_id=" + UrlText.query(uploadId)));
    }
}
