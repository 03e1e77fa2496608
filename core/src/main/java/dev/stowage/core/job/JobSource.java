package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.List;

/** The files of a job. */
public sealed interface JobSource {

    /**
     * The files with these keys.
     *
     * @param keys unmodifiable; a recorded job has only the first {@link #SHOWN}
     * @param count the number of all keys
     */
    record Keys(List<ObjectKey> keys, int count) implements JobSource {

        /** The number of keys that a recorded job shows. All of them are keys of its items. */
        public static final int SHOWN = 100;

        public Keys {
            keys = List.copyOf(keys);
        }

        /** Returns the source as it is recorded. */
        public Keys abridged() {
            return new Keys(keys.subList(0, Math.min(keys.size(), SHOWN)), count);
        }
    }

    /** The files whose keys begin with a prefix, as they are when the job lists them. */
    record Prefix(KeyPrefix prefix) implements JobSource {}

    /** The files listed in a manifest in NDJSON or CSV. */
    record Manifest(ObjectKey key) implements JobSource {}

    /** The entries of an archive. */
    record Archive(ObjectKey key) implements JobSource {}
}
