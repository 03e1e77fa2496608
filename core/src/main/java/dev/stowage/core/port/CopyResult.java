package dev.stowage.core.port;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.object.ObjectInfo;
import java.util.function.Supplier;

/** The result of one of many copies. */
public sealed interface CopyResult {

    /**
     * The copy was made.
     *
     * @param target the object at the target, with the ETag, size and attributes of the copy
     */
    record Copied(ObjectInfo target) implements CopyResult {}

    /** The copy failed. Nothing was changed, unless the outcome is unknown. */
    record Failed(StorageException reason) implements CopyResult {}

    /** Returns the result of a single copy. */
    static CopyResult of(Supplier<ObjectInfo> copy) {
        try {
            return new Copied(copy.get());
        } catch (StorageException e) {
            return new Failed(e);
        }
    }
}
