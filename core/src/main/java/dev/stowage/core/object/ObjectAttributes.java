package dev.stowage.core.object;

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
}
