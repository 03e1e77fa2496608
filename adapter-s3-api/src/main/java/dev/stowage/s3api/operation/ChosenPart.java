package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.checksum.ChecksumType;
import dev.stowage.s3api.checksum.ObjectChecksum;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.List;
import java.util.Optional;

/**
 * The part of an object that a request names with {@code partNumber}. An object that was stored by one request is its own first part.
 *
 * @param index of the part, from 0
 */
record ChosenPart(ObjectRecord recorded, int index) {

    /**
     * Returns the part that a request names; empty when it names none.
     *
     * @throws S3ErrorException when the object has no such part, or the request has a range, too
     */
    static Optional<ChosenPart> of(S3Call call, Files files) {
        if (!call.query().has("partNumber")) {
            return Optional.empty();
        }
        int number = PartUpload.number(call).value();
        if (call.headers().get("Range").isPresent()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_REQUEST, "Cannot specify both Range header and partNumber query parameter");
        }
        ObjectRecord recorded = files.inspect(call.caller(), call.key())
                .orElseThrow(() -> NotFound.file(call.key().value()));
        if (number > Math.max(recorded.partSizes().size(), 1)) {
            throw new S3ErrorException(S3ErrorCode.INVALID_PART, "The object has no part " + number);
        }
        return Optional.of(new ChosenPart(recorded, number - 1));
    }

    ObjectInfo info() {
        return recorded.info();
    }

    /** Returns the bytes of the part; empty when it is the whole object, or has none. */
    Optional<ByteRange> range() {
        if (recorded.partSizes().size() < 2) {
            return Optional.empty();
        }
        long first = recorded.partSizes().subList(0, index).stream()
                .mapToLong(Long::longValue)
                .sum();
        return Optional.of(
                new ByteRange.Slice(first, first + recorded.partSizes().get(index) - 1));
    }

    /**
     * Sets the header fields about the part.
     *
     * @param withChecksum whether its checksum is one of them
     */
    void write(Reply reply, boolean withChecksum) {
        if (!recorded.partSizes().isEmpty()) {
            reply.header(
                    "x-amz-mp-parts-count",
                    Integer.toString(recorded.partSizes().size()));
        }
        if (!withChecksum) {
            return;
        }
        Optional<ObjectChecksum> whole = ObjectChecksum.of(recorded);
        whole.ifPresent(sum -> {
            ownChecksums().stream()
                    .filter(checksum -> checksum.algorithm() == sum.algorithm())
                    .forEach(checksum -> reply.header(ChecksumHeader.name(sum.algorithm()), checksum.base64()));
            reply.header(ChecksumType.HEADER, sum.type().name());
        });
    }

    /** A store may know the checksum of the whole object only. */
    private List<Checksum> ownChecksums() {
        if (!recorded.partChecksums().isEmpty()) {
            return recorded.partChecksums().get(index);
        }
        return recorded.partSizes().size() < 2 ? recorded.checksums() : List.of();
    }
}
