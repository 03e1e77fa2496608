package dev.stowage.core.error;

import java.util.Map;

/** The object is in an archive storage class and can't be read. A retry does not help until it has been restored in the store. */
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
