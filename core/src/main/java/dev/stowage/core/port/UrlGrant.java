package dev.stowage.core.port;

import dev.stowage.core.access.Action;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import java.util.Optional;

/** What the bearer of a signed URL may do: exactly this one thing. */
public sealed interface UrlGrant {

    /** The key the URL is for. */
    ObjectKey key();

    /** What it lets the bearer do with the key. */
    default Action action() {
        return this instanceof Download ? Action.READ : Action.WRITE;
    }

    /** Store an object by {@code PUT}; with a content type, of that type alone. */
    record Upload(ObjectKey key, Optional<ContentType> contentType) implements UrlGrant {}

    /** Read an object by {@code GET}; the answer carries the disposition, or {@code attachment}, as its {@code Content-Disposition}. */
    record Download(ObjectKey key, Optional<String> contentDisposition) implements UrlGrant {}

    /** Store a part of an upload by {@code PUT}. */
    record UploadPart(ObjectKey key, UploadId upload, PartNumber number) implements UrlGrant {}
}
