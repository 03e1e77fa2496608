package dev.stowage.core.job;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An enumerated file, or an entry of the source that could not be read.
 *
 * @param key of the file, or the unreadable entry
 * @param size of the file in bytes, if it was listed
 * @param etag of the version that the item refers to, if that is the listed one
 * @param failure why it can't be processed; empty for an item to process
 */
public record NewItem(String key, OptionalLong size, Optional<Etag> etag, Optional<JobFailure> failure) {

    /** Replaces NUL and unpaired surrogates in an unreadable entry by U+FFFD; keys have neither. */
    public NewItem {
        key = failure.isPresent() ? StorableText.of(key) : key;
    }

    /** Creates an item of which only the key is known. */
    public static NewItem of(ObjectKey key) {
        return new NewItem(key.value(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** Creates an item for a listed file, in any version. */
    public static NewItem of(ObjectKey key, long size) {
        return new NewItem(key.value(), OptionalLong.of(size), Optional.empty(), Optional.empty());
    }

    /** Creates an item for the listed version of a file only. */
    public static NewItem of(ObjectKey key, long size, Etag etag) {
        return new NewItem(key.value(), OptionalLong.of(size), Optional.of(etag), Optional.empty());
    }

    /** Creates an item that has failed before it was attempted. */
    public static NewItem failed(String key, JobFailure failure) {
        return new NewItem(key, OptionalLong.empty(), Optional.empty(), Optional.of(failure));
    }
}
