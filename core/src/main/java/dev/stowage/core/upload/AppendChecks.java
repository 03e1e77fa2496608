package dev.stowage.core.upload;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadSession;
import java.util.Map;
import java.util.OptionalLong;

/** The checks of an append request. */
final class AppendChecks {

    private AppendChecks() {}

    /** @throws AccessDenied when bytes are sent to a concatenated upload */
    private static void takesBytes(AppendRequest append, UploadSession session) {
        if (append.offset().isPresent() && session.resumption().orElseThrow().isConcatenated()) {
            throw new AccessDenied("The file was concatenated from partial uploads; nothing can be appended to it");
        }
    }

    /** Checks a request for an upload that has ended: it must be empty and at the end. */
    static void afterEnd(AppendRequest append, UploadSession session, long size) {
        takesBytes(append, session);
        offset(append.offset(), size);
        end(size + append.body().length().orElse(0), size);
    }

    /** @throws Conflict when bytes were sent, and the upload had to be rewound to an earlier offset */
    static void checkNotRewound(AppendRequest append, long offset) {
        if (append.offset().isPresent()) {
            throw new Conflict(
                    "The store lost bytes of this upload; resume at byte " + offset,
                    Map.of("offset", offset, "offset_sent", append.offset().getAsLong()));
        }
    }

    /** @throws Conflict when the bytes do not begin at the upload's current offset */
    static void offset(OptionalLong claimed, long actual) {
        if (claimed.isPresent() && claimed.getAsLong() != actual) {
            throw new Conflict(
                    "The upload is at byte " + actual + ", not " + claimed.getAsLong() + "; resume there",
                    Map.of("offset", actual, "offset_sent", claimed.getAsLong()));
        }
    }

    /** @throws InvalidInput when the size differs from the one announced before, or is not possible */
    static void size(UploadSession session, long size, long offset) {
        OptionalLong known = session.origin().expectedSize();
        if (known.isPresent() && known.getAsLong() != size) {
            throw invalid(
                    "The upload has " + known.getAsLong() + " bytes; its size can't be changed to " + size, offset);
        }
        if (size < offset) {
            throw invalid("The upload already has " + offset + " bytes, more than " + size, offset);
        }
        PartSizes.check(size, session.resumption().orElseThrow().partSize());
    }

    /** Returns the maximum size of the upload. */
    static long limit(UploadSession session) {
        long most = session.resumption().orElseThrow().partSize() * PartNumber.MAX;
        return session.origin().expectedSize().orElse(most);
    }

    /** @throws InvalidInput when the upload would exceed its maximum size */
    static void end(long end, long limit) {
        if (end > limit) {
            throw new InvalidInput(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The upload has at most " + limit + " bytes; these end at " + end,
                    Map.of("max_size", limit));
        }
    }

    /** @throws InvalidInput when the last byte comes before the announced size is reached */
    static void last(AppendRequest append, OptionalLong size, long position) {
        if (append.last() && size.isPresent() && size.getAsLong() != position) {
            throw invalid("The upload ends after " + position + " of " + size.getAsLong() + " bytes", position);
        }
    }

    /** @throws Conflict when a change was rejected because a newer request has taken over */
    static void accepted(boolean done) {
        if (!done) {
            throw UploadLocker.takenOver();
        }
    }

    private static InvalidInput invalid(String message, long offset) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message, Map.of("offset", offset));
    }
}
