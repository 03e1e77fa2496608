package dev.stowage.core.error;

import java.util.Map;

/** The store keeps the object in an archive, from which it can't be read at once. Trying again does not help until it is restored there. */
public final class ObjectArchived extends StorageException {

    /** @param key of the object */
    public ObjectArchived(String key) {
        super(
                ErrorCode.OBJECT_ARCHIVED,
                "The store keeps the file at " + key
                        + " in an archive. Restore it in the store (in S3: RestoreObject), then try again.",
                Map.of("key", key),
                null);
    }
}
