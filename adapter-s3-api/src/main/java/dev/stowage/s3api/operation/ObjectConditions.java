package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.HttpTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The conditions of a request on an object (RFC 9110, section 13), in the order of section 13.2.2, which is also that of S3. */
record ObjectConditions(
        Optional<TagList> ifMatch,
        Optional<TagList> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {

    /**
     * Parses the conditions.
     *
     * @param prefix of the names of the fields, such as {@code x-amz-copy-source-}; may be empty
     */
    static ObjectConditions of(HeaderLines headers, String prefix) {
        return new ObjectConditions(
                tags(headers, prefix + "If-Match"),
                tags(headers, prefix + "If-None-Match"),
                headers.get(prefix + "If-Modified-Since").flatMap(HttpTime::parse),
                headers.get(prefix + "If-Unmodified-Since").flatMap(HttpTime::parse));
    }

    boolean isEmpty() {
        return ifMatch.isEmpty() && ifNoneMatch.isEmpty() && ifModifiedSince.isEmpty() && ifUnmodifiedSince.isEmpty();
    }

    /** Returns these conditions for a write. */
    Preconditions forWrite() {
        if (ifModifiedSince.isPresent()) {
            throw S3ErrorException.notImplemented("If-Modified-Since on a write");
        }
        return new Preconditions(ifMatch, ifNoneMatch, ifUnmodifiedSince);
    }

    /**
     * Returns whether to send the object; if not, the client has this version.
     *
     * @throws S3ErrorException when the conditions do not hold
     */
    boolean proceed(ObjectInfo info) {
        // Dates in header fields have a resolution of one second.
        Instant modified = info.lastModified().truncatedTo(ChronoUnit.SECONDS);
        if (ifMatch.isPresent()) {
            if (!ifMatch.get().matchesStrongly(info.etag())) {
                throw failed("If-Match");
            }
        } else if (ifUnmodifiedSince.isPresent() && modified.isAfter(ifUnmodifiedSince.get())) {
            throw failed("If-Unmodified-Since");
        }
        if (ifNoneMatch.isPresent()) {
            return !ifNoneMatch.get().matchesWeakly(info.etag());
        }
        return ifModifiedSince.isEmpty() || modified.isAfter(ifModifiedSince.get());
    }

    static S3ErrorException failed(String condition) {
        return new S3ErrorException(
                        S3ErrorCode.PRECONDITION_FAILED,
                        "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    private static Optional<TagList> tags(HeaderLines headers, String name) {
        return headers.text(name).map(text -> {
            try {
                return TagList.parse(name, text);
            } catch (InvalidInput e) {
                throw S3ErrorException.invalidArgument(name, text, name + " must be * or a list of ETags");
            }
        });
    }
}
