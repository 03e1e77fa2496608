package dev.stowage.azure;

import dev.stowage.core.adapter.UnicodeNames;
import dev.stowage.core.key.ObjectKey;

/**
 * The names of blobs. The service takes a backslash for a slash, so it is escaped, and its documentation does not say how it orders names.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">Naming
 *     blobs</a>
 */
final class BlobNames {

    /** The beginning of the names of the adapter's own blobs. The service keeps clients from keys that begin with {@code .stowage/}. */
    static final String INTERNAL = ".stowage/azure/";

    static final UnicodeNames OF_KEYS = new UnicodeNames('\\', 1024);

    private BlobNames() {}

    /** @throws dev.stowage.core.error.InvalidInput when the name is too long */
    static String of(ObjectKey key) {
        return OF_KEYS.of(key);
    }
}
