package dev.stowage.core.object;

/** A condition on the object under a key at the moment it is written. The store decides it atomically. */
public sealed interface WriteCondition {

    /** Writes always. */
    WriteCondition NONE = new None();

    /** Writes only if there is no object under the key ({@code If-None-Match: *}). */
    WriteCondition IF_ABSENT = new IfAbsent();

    /** Writes always. */
    record None() implements WriteCondition {}

    /** Writes only if there is no object under the key. */
    record IfAbsent() implements WriteCondition {}

    /** Writes only over an object with this ETag. */
    record IfMatch(Etag etag) implements WriteCondition {}
}
