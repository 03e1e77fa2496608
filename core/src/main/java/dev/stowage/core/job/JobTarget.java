package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import java.util.Optional;

/**
 * What a job makes, or where; which of these it needs is for its operation to say.
 *
 * @param prefix what the new keys begin with
 * @param stripPrefix what of the old keys {@code prefix} replaces
 * @param key of the one file that is made
 * @param changes of the files' attributes
 */
public record JobTarget(
        Optional<KeyPrefix> prefix,
        Optional<KeyPrefix> stripPrefix,
        Optional<ObjectKey> key,
        AttributeChanges changes) {

    /** Nothing asked for. */
    public static final JobTarget NONE =
            new JobTarget(Optional.empty(), Optional.empty(), Optional.empty(), AttributeChanges.NONE);

    /** The same with another prefix to replace. */
    public JobTarget stripping(KeyPrefix strip) {
        return new JobTarget(prefix, Optional.of(strip), key, changes);
    }
}
