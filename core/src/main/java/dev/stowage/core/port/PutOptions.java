package dev.stowage.core.port;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import java.util.List;

/**
 * The options of a put.
 *
 * @param attributes stored with the bytes
 * @param condition the condition on an existing object
 * @param expected digests that the bytes must match, otherwise nothing is stored; unmodifiable
 */
public record PutOptions(ObjectAttributes attributes, WriteCondition condition, List<Checksum> expected) {

    /** Unconditional, with default attributes and no digests. */
    public static final PutOptions DEFAULT = of(ObjectAttributes.DEFAULT);

    public PutOptions {
        expected = List.copyOf(expected);
    }

    /** Creates options without a condition and without digests. */
    public static PutOptions of(ObjectAttributes attributes) {
        return new PutOptions(attributes, WriteCondition.NONE, List.of());
    }

    /** Returns these options with another condition. */
    public PutOptions withCondition(WriteCondition other) {
        return new PutOptions(attributes, other, expected);
    }
}
