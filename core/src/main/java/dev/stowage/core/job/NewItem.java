package dev.stowage.core.job;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that a job has found, or a place in its source where none could be read.
 *
 * @param key the file's key; where there is none, what stands in its place
 * @param size of the file in bytes, where it was listed
 * @param etag of the version that the item is about, where that is the one that was listed
 * @param failure why nothing can be done with it; empty for an item to be worked on
 */
public record NewItem(String key, OptionalLong size, Optional<Etag> etag, Optional<JobFailure> failure) {

    /** A file of which only the key is known. */
    public static NewItem of(ObjectKey key) {
        return new NewItem(key.value(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** A file as it was listed. */
    public static NewItem of(ObjectKey key, long size) {
        return new NewItem(key.value(), OptionalLong.of(size), Optional.empty(), Optional.empty());
    }

    /** A file as it was listed, of which no other version counts. */
    public static NewItem of(ObjectKey key, long size, Etag etag) {
        return new NewItem(key.value(), OptionalLong.of(size), Optional.of(etag), Optional.empty());
    }

    /** An item that has failed before it was tried. */
    public static NewItem failed(String key, JobFailure failure) {
        return new NewItem(key, OptionalLong.empty(), Optional.empty(), Optional.of(failure));
    }
}
