package dev.stowage.core.port;

/** What the ETag of an object says about its bytes. */
public enum TagMeaning {
    /**
     * The store guarantees that the ETag is the MD5 of the bytes in hexadecimal, or, for an object made of parts, that of
     * {@link dev.stowage.core.multipart.MultipartEtag}.
     */
    DIGEST,
    /** The ETag is such a digest if other objects of the store with this meaning are found to have one. */
    MAYBE_DIGEST,
    /** The ETag only identifies the version, as with encryption under a customer's key. */
    VERSION
}
