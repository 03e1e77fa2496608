package dev.stowage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.DateTimeRfc1123;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a blob, as the headers of a response describe it.
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
        EncodedAttributes attributes,
        Optional<String> md5,
        Optional<String> tier,
        boolean tagged) {

    /** Returns the blob that a {@code GET} or {@code HEAD} has answered with. The MD5 in the response for a range is that of the range. */
    static BlobVersion of(HttpHeaders answer) {
        String range = answer.getValue(HttpHeaderName.CONTENT_RANGE);
        String length = range == null
                ? answer.getValue(HttpHeaderName.CONTENT_LENGTH)
                : range.substring(range.indexOf('/') + 1);
        Optional<String> md5 = value(answer, "x-ms-blob-content-md5")
                .or(() -> range == null ? value(answer, "Content-MD5") : Optional.empty());
        boolean tierChosen = value(answer, "x-ms-access-tier-inferred")
                .filter("true"::equals)
                .isEmpty();
        return new BlobVersion(
                Long.parseLong(length),
                etag(answer),
                lastModified(answer),
                BlobAttributes.of(answer),
                md5,
                value(answer, "x-ms-access-tier").filter(tier -> tierChosen),
                value(answer, "x-ms-tag-count").isPresent());
    }

    static Etag etag(HttpHeaders answer) {
        return Etag.ofMaybeQuoted(answer.getValue(HttpHeaderName.ETAG));
    }

    static Instant lastModified(HttpHeaders answer) {
        return new DateTimeRfc1123(answer.getValue(HttpHeaderName.LAST_MODIFIED))
                .getDateTime()
                .toInstant();
    }

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, size, etag, lastModified, attributes.decoded(BlobAttributes::name));
    }

    private static Optional<String> value(HttpHeaders answer, String name) {
        @Nullable String value = answer.getValue(HttpHeaderName.fromString(name));
        return Optional.ofNullable(value);
    }
}
