package dev.stowage.core.object;

/** What must hold of the object under a key at the moment it is written. The store decides it, atomically. */
public sealed interface WriteCondition {

    /** Always write. */
    WriteCondition NONE = new None();

    /** Write only when there is no object under the key ({@code If-None-Match: *}). */
    WriteCondition IF_ABSENT = new IfAbsent();

    /** Always write. */
    record None() implements WriteCondition {}

    /** Write only when there is no object under the key. */
    record IfAbsent() implements WriteCondition {}

    /** Write only over the object that has this tag; never when there is none. */
    record IfMatch(Etag etag) implements WriteCondition {}
}
