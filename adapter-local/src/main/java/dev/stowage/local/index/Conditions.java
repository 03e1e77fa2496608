package dev.stowage.local.index;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.util.Optional;

/** Checks conditions against the current object. */
public final class Conditions {

    private Conditions() {}

    /** @throws PreconditionFailed when the condition does not hold */
    public static void check(WriteCondition condition, ObjectKey key, Optional<ObjectRow> there) {
        if (condition instanceof WriteCondition.IfAbsent && there.isPresent()) {
            throw new PreconditionFailed("A file exists at " + key, key.value());
        }
        if (condition instanceof WriteCondition.IfMatch match) {
            if (there.isEmpty()) {
                throw new PreconditionFailed("No file at " + key + " to replace", key.value());
            }
            checkMatch(match.etag(), there.get());
        }
    }

    /** @throws PreconditionFailed when the object has another ETag */
    public static void checkMatch(Etag expected, ObjectRow there) {
        if (!there.info().etag().equals(expected)) {
            throw otherVersion(there.info().key());
        }
    }

    static PreconditionFailed otherVersion(ObjectKey key) {
        return new PreconditionFailed("The file at " + key + " has another ETag", key.value());
    }
}
