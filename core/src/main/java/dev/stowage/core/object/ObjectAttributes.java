package dev.stowage.core.object;

/**
 * What is told about an object's bytes and stored beside them.
 *
 * @param contentType the media type
 * @param metadata the user's own notes
 * @param headers {@code Cache-Control}, {@code Content-Encoding} and the like
 */
public record ObjectAttributes(ContentType contentType, Metadata metadata, HeaderAttributes headers) {

    /** The attributes of an object about which nothing was told. */
    public static final ObjectAttributes DEFAULT = new ObjectAttributes(ContentType.OCTET_STREAM, Metadata.NONE);

    /** Attributes without headers. */
    public ObjectAttributes(ContentType contentType, Metadata metadata) {
        this(contentType, metadata, HeaderAttributes.NONE);
    }
}
