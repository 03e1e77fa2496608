package dev.stowage.core.port;

import dev.stowage.core.object.WriteCondition;
import java.util.Set;

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
    /** Supports {@link ObjectStore#copyAll}. */
    BULK_COPY,
    /** Supports {@link ObjectStore#deleteMatching}. */
    CONDITIONAL_DELETE,
    /**
     * {@link ObjectStore#deleteMatching} of many objects takes about as many requests and as long as {@link ObjectStore#remove}. Declared
     * only together with {@link #CONDITIONAL_DELETE}.
     */
    BULK_CONDITIONAL_DELETE,
    /**
     * {@link ObjectStore#inspect} takes about as long as {@link ObjectStore#stat}, and knows the digests other than MD5 with which an object
     * was put, also after it was copied. Without it, {@code inspect} may take longer and know fewer; it never fails because of that.
     */
    SENT_CHECKSUMS,
    /**
     * Supports {@link WriteCondition.IfAbsent} on a put, a copy, a concatenation and a completion, and no other condition unless it is
     * declared. For stores that can create an object only if there is none, but can't replace it depending on its ETag. Need not be
     * declared beside the capabilities for every condition.
     */
    IF_ABSENT;

    /**
     * Whether a store with the {@code declared} capabilities decides a condition of the call for which this capability stands for every
     * condition.
     */
    public boolean decides(WriteCondition condition, Set<Capability> declared) {
        return condition instanceof WriteCondition.None
                || declared.contains(this)
                || (condition instanceof WriteCondition.IfAbsent && declared.contains(IF_ABSENT));
    }
}
