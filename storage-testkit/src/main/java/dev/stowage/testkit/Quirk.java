package dev.stowage.testkit;

/**
 * Where a store is known to differ from the contract. What a store declares through {@link StorageContract#quirks()} the kit
 * asserts the other way round, so that the quirk's end is noticed.
 */
public enum Quirk {
    /** Completing takes parts below the minimum size that the adapter declares. */
    TAKES_SMALL_PARTS,
    /**
     * The tag of an object made of parts is not the one of {@link dev.stowage.core.multipart.MultipartEtag}; a completion
     * whose answer was lost then can't be recognized.
     */
    TAGS_PARTS_IN_ITS_OWN_WAY,
    /** Requests by altered or expired signed URLs are carried out, as some test servers do. */
    TAKES_ANY_SIGNATURE
}
