package dev.stowage.core.job;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An item to be worked on.
 *
 * @param number its place within the job, from 1
 * @param attempts how often it was tried before, whatever became of that
 * @param size of the file in bytes, where it was listed or noted
 * @param etag of the version that the item is about, where an attempt has noted it
 */
public record JobItem(long number, ObjectKey key, int attempts, OptionalLong size, Optional<Etag> etag) {

    /** The same, about one version of its file. */
    public JobItem of(long foundSize, Etag found) {
        return new JobItem(number, key, attempts, OptionalLong.of(foundSize), Optional.of(found));
    }
}
