package dev.stowage.core.port;

import dev.stowage.core.access.Action;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import java.util.Optional;

/** The one operation that a signed URL permits. */
public sealed interface UrlGrant {

    /** Returns the key that the URL is for. */
    ObjectKey key();

    /** Returns the action that the URL permits on the key. */
    default Action action() {
        return this instanceof Download ? Action.READ : Action.WRITE;
    }

    /** Permits storing an object with {@code PUT}; if a content type is given, only with that type. */
    record Upload(ObjectKey key, Optional<ContentType> contentType) implements UrlGrant {}

    /** Permits reading an object with {@code GET}. The response has this {@code Content-Disposition}, or {@code attachment} if empty. */
    record Download(ObjectKey key, Optional<String> contentDisposition) implements UrlGrant {}

    /** Permits storing a part of an upload with {@code PUT}. */
    record UploadPart(ObjectKey key, UploadId upload, PartNumber number) implements UrlGrant {}
}
