package dev.stowage.http.multipart;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.http.exchange.QueryParameters;

/** The upload in a query: {@code key} and {@code upload_id}. */
record UploadParameters(ObjectKey key, UploadId uploadId) {

    static UploadParameters of(QueryParameters query) {
        return new UploadParameters(new ObjectKey(query.required("key")), new UploadId(query.required("upload_id")));
    }
}
