package dev.stowage.s3;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/** Translates the store's responses to types of the core. Lenient, since other programs may have stored the object. */
final class Responses {

    /** The MD5 digest of no bytes. */
    static final Etag EMPTY = new Etag("d41d8cd98f00b204e9800998ecf8427e");

    private Responses() {}

    static ObjectInfo info(ObjectKey key, HeadObjectResponse head) {
        return new ObjectInfo(
                key,
                orZero(head.contentLength()),
                etag(head),
                orEpoch(head.lastModified()),
                StoredAttributes.of(head).decoded());
    }

    /** @param size of the whole object, in bytes */
    static ObjectInfo info(ObjectKey key, GetObjectResponse answer, long size) {
        return new ObjectInfo(
                key,
                size,
                etag(answer.eTag(), size),
                orEpoch(answer.lastModified()),
                StoredAttributes.of(answer).decoded());
    }

    /** Returns the ETag of an object; see {@link #etag(String, long)}. */
    static Etag etag(HeadObjectResponse head) {
        return etag(head.eTag(), orZero(head.contentLength()));
    }

    /**
     * Returns the ETag of an object. A store that keeps folder markers as directories of a file system (s3proxy) has no ETags for them.
     * They are empty, so they get the one that S3 gives to every empty object.
     *
     * @param size in bytes
     * @throws StorageRejected when an object with content has none
     */
    static Etag etag(@Nullable String text, long size) {
        return text == null && size == 0 ? EMPTY : etag(text);
    }

    /**
     * Returns the condition that ties a request to the version that a HEAD returned; null when the store has no ETag of it, and could not
     * evaluate one.
     */
    static @Nullable String thisVersion(HeadObjectResponse head) {
        return head.eTag() == null ? null : etag(head).quoted();
    }

    /** @throws StorageRejected when it is missing: everything that relies on ETags would fail with such a store */
    static Etag etag(@Nullable String text) {
        String strong = text == null || !text.startsWith("W/") ? text : text.substring(2);
        try {
            if (strong != null) {
                return Etag.ofMaybeQuoted(strong);
            }
        } catch (InvalidInput e) {
            throw new StorageRejected("The store sent an invalid ETag", e);
        }
        throw new StorageRejected("The store sent no ETag", null);
    }

    /**
     * The time of the response, by the store's clock. Responses to writes lack the modification time, which is about the same.
     */
    static Instant time(S3Response answer, InstantSource clock) {
        Optional<String> date = answer.sdkHttpResponse().firstMatchingHeader("Date");
        try {
            return date.map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from))
                    .orElseGet(clock::instant);
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    static Instant orEpoch(@Nullable Instant value) {
        return value == null ? Instant.EPOCH : value;
    }
}
