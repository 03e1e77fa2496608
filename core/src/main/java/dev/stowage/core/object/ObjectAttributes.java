package dev.stowage.core.object;

/**
 * What is told about an object's bytes and stored beside them.
 *
 * @param contentType the media type
 * @param metadata the user's own notes
 */
public record ObjectAttributes(ContentType contentType, Metadata metadata) {

    /** The attributes of an object about which nothing was told. */
    public static final ObjectAttributes DEFAULT = new ObjectAttributes(ContentType.OCTET_STREAM, Metadata.NONE);
}
