package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import java.util.Optional;

/**
 * The target of a job; which of the fields are used depends on the operation.
 *
 * @param prefix the prefix of the new keys
 * @param stripPrefix the prefix of the old keys that {@code prefix} replaces
 * @param key of the one file that is created
 * @param changes of the files' attributes
 */
public record JobTarget(
        Optional<KeyPrefix> prefix,
        Optional<KeyPrefix> stripPrefix,
        Optional<ObjectKey> key,
        AttributeChanges changes) {

    /** An empty target. */
    public static final JobTarget NONE =
            new JobTarget(Optional.empty(), Optional.empty(), Optional.empty(), AttributeChanges.NONE);

    /** Returns the same target with another prefix to replace. */
    public JobTarget stripping(KeyPrefix strip) {
        return new JobTarget(prefix, Optional.of(strip), key, changes);
    }
}
