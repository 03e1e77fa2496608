package dev.stowage.core.job;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An item to process.
 *
 * @param number its position in the job, from 1
 * @param attempts the number of earlier attempts, whatever their result
 * @param size of the file in bytes, if it was listed or recorded
 * @param etag of the version that the item refers to, if it was listed or an attempt has recorded it
 * @param copyEtag of the verified copy of that version, if an attempt has recorded it
 */
public record JobItem(
        long number, ObjectKey key, int attempts, OptionalLong size, Optional<Etag> etag, Optional<Etag> copyEtag) {

    /** Returns the item for one version of its file that has not been copied yet. */
    public JobItem of(long foundSize, Etag found) {
        return new JobItem(number, key, attempts, OptionalLong.of(foundSize), Optional.of(found), Optional.empty());
    }

    /** Returns the item with the copy that was made. */
    public JobItem copiedTo(Etag copy) {
        return new JobItem(number, key, attempts, size, etag, Optional.of(copy));
    }
}
