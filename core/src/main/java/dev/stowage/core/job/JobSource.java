package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.List;

/** Which files a job is about. */
public sealed interface JobSource {

    /**
     * These files.
     *
     * @param keys unmodifiable; of a job on record the first {@link #SHOWN} only
     * @param count how many there are in all
     */
    record Keys(List<ObjectKey> keys, int count) implements JobSource {

        /** How many of its keys a job on record shows; each has an item, which has all. */
        public static final int SHOWN = 100;

        public Keys {
            keys = List.copyOf(keys);
        }

        /** As it goes on record. */
        public Keys abridged() {
            return new Keys(keys.subList(0, Math.min(keys.size(), SHOWN)), count);
        }
    }

    /** The files whose keys begin so, as they are found when the job gets to them. */
    record Prefix(KeyPrefix prefix) implements JobSource {}

    /** The files listed in a file: NDJSON or CSV. */
    record Manifest(ObjectKey key) implements JobSource {}
}
