package dev.stowage.core.port;

/**
 * What a store can optionally do. A declared capability works as the ports specify. Without it, the call fails with
 * {@link dev.stowage.core.error.NotSupported} and changes nothing.
 */
public enum Capability {
    /** Supports every {@link PutOptions#condition()}. */
    CONDITIONAL_PUT,
    /** Supports every condition on {@link MultipartStore#complete}. */
    CONDITIONAL_COMPLETE,
    /** Supports every {@link CopyOptions#condition()}, decided atomically. */
    CONDITIONAL_COPY,
    /** Supports {@link ObjectStore#deleteMatching}. */
    CONDITIONAL_DELETE,
    /**
     * {@link ObjectStore#deleteMatching} of many objects takes about as many requests and as long as {@link ObjectStore#remove}. Declared
     * only together with {@link #CONDITIONAL_DELETE}.
     */
    BULK_CONDITIONAL_DELETE
}
