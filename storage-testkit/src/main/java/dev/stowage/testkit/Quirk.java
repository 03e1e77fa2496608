package dev.stowage.testkit;

/**
 * A known difference of a store from the contract. The kit asserts that a quirk declared with {@link StorageContract#quirks()} exists, so
 * that it is noticed when the store no longer has it.
 */
public enum Quirk {
    /** A completion accepts parts below the declared minimum size. */
    TAKES_SMALL_PARTS,
    /**
     * The ETag of an object made of parts is not that of {@link dev.stowage.core.multipart.MultipartEtag}, so that a completion with a lost
     * response can't be recognized.
     */
    TAGS_PARTS_IN_ITS_OWN_WAY,
    /** Requests with altered or expired signed URLs are accepted, as by some test servers. */
    TAKES_ANY_SIGNATURE,
    /** Signed URLs for uploads accept any content type, because the store's signatures can't include one. */
    TAKES_ANY_CONTENT_TYPE,
    /** Parameters that are added to a signed URL are ignored, because the store's signatures cover only certain ones. */
    TAKES_ADDED_PARAMETERS,
    /** Objects are kept in the memory of this process, by the store itself or by a server that runs within the test. */
    KEEPS_OBJECTS_IN_MEMORY
}
