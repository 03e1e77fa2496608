package dev.stowage.core.port;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;

/** The result for one key of a deletion. */
public sealed interface DeleteResult {

    /** The key to delete. */
    ObjectKey key();

    /** The object was deleted. */
    record Deleted(ObjectKey key) implements DeleteResult {}

    /** There was no such object. */
    record Missing(ObjectKey key) implements DeleteResult {}

    /** The deletion failed; the object may still exist. */
    record Failed(ObjectKey key, StorageException reason) implements DeleteResult {}
}
