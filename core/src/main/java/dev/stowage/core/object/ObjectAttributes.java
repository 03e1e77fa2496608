package dev.stowage.core.object;

import java.util.Optional;

/**
 * The attributes that are stored with an object's bytes.
 *
 * @param contentType the media type
 * @param metadata the user metadata
 * @param headers {@code Cache-Control}, {@code Content-Encoding} and others
 */
public record ObjectAttributes(ContentType contentType, Metadata metadata, HeaderAttributes headers) {

    /** The attributes of an object that was stored without any. */
    public static final ObjectAttributes DEFAULT = new ObjectAttributes(ContentType.OCTET_STREAM, Metadata.NONE);

    /** Creates attributes without headers. */
    public ObjectAttributes(ContentType contentType, Metadata metadata) {
        this(contentType, metadata, HeaderAttributes.NONE);
    }

    /** Returns the object's own expiry; empty when it has none. */
    public Optional<OwnExpiry> expiry() {
        return metadata.expiry();
    }

    /**
     * Returns the same attributes with another expiry, or none.
     *
     * @throws dev.stowage.core.error.InvalidInput when the metadata leaves no room for it
     */
    public ObjectAttributes expiring(Optional<OwnExpiry> other) {
        return other.equals(expiry()) ? this : new ObjectAttributes(contentType, metadata.expiring(other), headers);
    }
}
