package dev.stowage.core.port;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;

/** What became of one key of a deletion. */
public sealed interface DeleteResult {

    /** The key that was to go. */
    ObjectKey key();

    /** It is gone. */
    record Deleted(ObjectKey key) implements DeleteResult {}

    /** It was not there. */
    record Missing(ObjectKey key) implements DeleteResult {}

    /** It may still be there. */
    record Failed(ObjectKey key, StorageException reason) implements DeleteResult {}
}
