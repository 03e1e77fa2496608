package dev.stowage.core.port;

/**
 * What a store may or may not be able to do beyond the basics. What is declared works as the ports say; what is not declared
 * fails with {@link dev.stowage.core.error.NotSupported} and changes nothing.
 */
public enum Capability {
    /** {@link PutOptions#condition()} other than none. */
    CONDITIONAL_PUT,
    /** A condition other than none on {@link MultipartStore#complete}. */
    CONDITIONAL_COMPLETE,
    /** {@link CopyOptions#condition()} other than none, decided atomically. */
    CONDITIONAL_COPY,
    /** {@link ObjectStore#deleteMatching}. */
    CONDITIONAL_DELETE,
    /**
     * {@link ObjectStore#deleteMatching} of many objects takes about as many calls and as long as {@link ObjectStore#remove}. Declared only with
     * {@link #CONDITIONAL_DELETE}, of which it says how fast it is.
     */
    BULK_CONDITIONAL_DELETE
}
