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
 * @param etag of the version that the item is about, where it was listed or an attempt has noted it
 * @param copyEtag of the copy that was made of that version and found to be there, where an attempt has noted it
 */
public record JobItem(
        long number, ObjectKey key, int attempts, OptionalLong size, Optional<Etag> etag, Optional<Etag> copyEtag) {

    /** The same, about one version of its file, of which there is no copy yet. */
    public JobItem of(long foundSize, Etag found) {
        return new JobItem(number, key, attempts, OptionalLong.of(foundSize), Optional.of(found), Optional.empty());
    }

    /** The same, with the copy that was made. */
    public JobItem copiedTo(Etag copy) {
        return new JobItem(number, key, attempts, size, etag, Optional.of(copy));
    }
}
