package dev.stowage.core.port;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import java.util.List;

/**
 * How an object is stored.
 *
 * @param attributes what is stored beside the bytes
 * @param condition what must hold of the object that is there
 * @param expected digests that the bytes must match, or nothing is stored; unmodifiable
 */
public record PutOptions(ObjectAttributes attributes, WriteCondition condition, List<Checksum> expected) {

    /** Unconditional, with default attributes. */
    public static final PutOptions DEFAULT = of(ObjectAttributes.DEFAULT);

    public PutOptions {
        expected = List.copyOf(expected);
    }

    /** Unconditional and unchecked. */
    public static PutOptions of(ObjectAttributes attributes) {
        return new PutOptions(attributes, WriteCondition.NONE, List.of());
    }

    /** The same with another condition. */
    public PutOptions withCondition(WriteCondition other) {
        return new PutOptions(attributes, other, expected);
    }
}
