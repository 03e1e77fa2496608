package dev.stowage.core.port;

/** What the ETag of an object says of its bytes. */
public enum TagMeaning {
    /**
     * The store promises that it is the MD5 of the bytes, in hexadecimal, or that of
     * {@link dev.stowage.core.multipart.MultipartEtag} where the object was made of parts.
     */
    DIGEST,
    /** It is such a digest if other objects of the store, whose tags have this meaning too, are found to have one. */
    MAYBE_DIGEST,
    /** It only tells versions apart, as with encryption by a key of its own. */
    VERSION
}
