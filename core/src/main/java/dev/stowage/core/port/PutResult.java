package dev.stowage.core.port;

import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;

/**
 * The result of a put.
 *
 * @param info the object as it was stored
 * @param created true when there was no object under the key, false when one was replaced; empty when the store can't tell by the write
 *     itself
 */
public record PutResult(ObjectInfo info, Optional<Boolean> created) {

    /** Returns the result of a store that only reports that {@code condition} held. */
    public static PutResult under(WriteCondition condition, ObjectInfo info) {
        return new PutResult(
                info,
                condition instanceof WriteCondition.None
                        ? Optional.empty()
                        : Optional.of(condition instanceof WriteCondition.IfAbsent));
    }
}
