package dev.stowage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.DateTimeRfc1123;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a blob, as the headers of an answer describe it.
 *
 * @param size of the whole blob in bytes
 * @param md5 of the bytes in base64, if the store has recorded it
 * @param tier the access tier, if it was chosen for this blob
 * @param tagged whether the blob has tags
 */
record BlobVersion(
        long size,
        Etag etag,
        Instant lastModified,
        BlobAttributes attributes,
        Optional<String> md5,
        Optional<String> tier,
        boolean tagged) {

    private static final HttpHeaderName BLOB_MD5 = HttpHeaderName.fromString("x-ms-blob-content-md5");
    private static final HttpHeaderName TIER = HttpHeaderName.fromString("x-ms-access-tier");
    private static final HttpHeaderName TIER_INFERRED = HttpHeaderName.fromString("x-ms-access-tier-inferred");
    private static final HttpHeaderName TAG_COUNT = HttpHeaderName.fromString("x-ms-tag-count");

    /** Returns the blob that a {@code GET} or {@code HEAD} has answered with. The MD5 in the answer for a range is that of the range. */
    static BlobVersion of(HttpHeaders answer) {
        String range = answer.getValue(HttpHeaderName.CONTENT_RANGE);
        String length = range == null
                ? answer.getValue(HttpHeaderName.CONTENT_LENGTH)
                : range.substring(range.indexOf('/') + 1);
        Optional<String> md5 = value(answer, BLOB_MD5)
                .or(() -> range == null ? value(answer, HttpHeaderName.CONTENT_MD5) : Optional.empty());
        boolean tierChosen = value(answer, TIER_INFERRED).filter("true"::equals).isEmpty();
        return new BlobVersion(
                Long.parseLong(length),
                etag(answer),
                lastModified(answer),
                BlobAttributes.of(answer),
                md5,
                value(answer, TIER).filter(tier -> tierChosen),
                value(answer, TAG_COUNT).isPresent());
    }

    static Etag etag(HttpHeaders answer) {
        return Etag.ofMaybeQuoted(answer.getValue(HttpHeaderName.ETAG));
    }

    static Instant lastModified(HttpHeaders answer) {
        return new DateTimeRfc1123(answer.getValue(HttpHeaderName.LAST_MODIFIED))
                .getDateTime()
                .toInstant();
    }

    /** @throws dev.stowage.core.error.PreconditionFailed when another ETag is expected */
    void checkMatch(ObjectKey key, Optional<Etag> expected) {
        if (expected.isPresent() && !expected.get().equals(etag)) {
            throw AzureErrors.preconditionFailed(key.value());
        }
    }

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, size, etag, lastModified, attributes.decoded());
    }

    private static Optional<String> value(HttpHeaders answer, HttpHeaderName name) {
        @Nullable String value = answer.getValue(name);
        return Optional.ofNullable(value);
    }
}
