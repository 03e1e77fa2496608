package dev.stowage.core.job;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import java.util.Optional;

/**
 * What a job makes, or where; which of these it needs is for its operation to say.
 *
 * @param prefix what the new keys begin with
 * @param stripPrefix what of the old keys {@code prefix} replaces
 * @param key of the one file that is made
 * @param contentType that the files get
 * @param metadata that the files get
 */
public record JobTarget(
        Optional<KeyPrefix> prefix,
        Optional<KeyPrefix> stripPrefix,
        Optional<ObjectKey> key,
        Optional<ContentType> contentType,
        Optional<Metadata> metadata) {

    /** Nothing asked for. */
    public static final JobTarget NONE =
            new JobTarget(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same with another prefix to replace. */
    public JobTarget stripping(KeyPrefix strip) {
        return new JobTarget(prefix, Optional.of(strip), key, contentType, metadata);
    }
}
