package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.time.Instant;

/** A version of a blob, as far as lists and the responses to writes describe it. */
record BlobSummary(long size, Etag etag, Instant lastModified) {

    static BlobSummary of(BlobItem item) {
        BlobItemProperties blob = item.getProperties();
        return new BlobSummary(
                blob.getContentLength(),
                Etag.ofMaybeQuoted(blob.getETag()),
                blob.getLastModified().toInstant());
    }

    /** Returns the blob that a request has written, whose response has these headers. */
    static BlobSummary of(long size, HttpHeaders answer) {
        return new BlobSummary(size, BlobVersion.etag(answer), BlobVersion.lastModified(answer));
    }

    ObjectInfo info(ObjectKey key, ObjectAttributes attributes) {
        return new ObjectInfo(key, size, etag, lastModified, attributes);
    }

    PartInfo part(PartNumber number) {
        return new PartInfo(number, size, etag, lastModified);
    }
}
