package dev.stowage.s3api.operation;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.Page;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.checksum.ChecksumType;
import dev.stowage.s3api.checksum.ObjectChecksum;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** CompleteMultipartUpload: creates the object from the parts. A repetition after success has the same response. */
final class MultipartCompletion implements Operation {

    private static final String SIZE = "x-amz-mp-object-size";

    private final Files files;
    private final Uploads uploads;

    MultipartCompletion(Files files, Uploads uploads) {
        this.files = files;
        this.uploads = uploads;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        UploadId upload = MultipartUploads.id(call);
        Preconditions conditions = ObjectConditions.of(call.headers(), "").forWrite();
        CompletionRequest request = CompletionRequest.read(CallBody.ofDocument(call));
        Optional<List<PartInfo>> stored = stored(call, upload);
        Optional<ObjectChecksum> checked = stored.flatMap(parts -> check(call, request.chosen(parts)));
        ObjectInfo info = WriteTarget.write(
                call,
                files,
                conditions,
                () -> uploads.complete(call.caller(), call.key(), upload, Optional.of(request.tags()), conditions));
        Optional<ObjectChecksum> checksum = stored.isPresent() ? checked : recorded(call, info);
        call.reply().xml(200, "CompleteMultipartUploadResult", document -> {
            document.text("Location", ObjectUrl.of(call.request()))
                    .text("Bucket", call.bucket().name())
                    .text("Key", call.name())
                    .text("ETag", info.etag().quoted());
            checksum.ifPresent(sum -> ChecksumElements.write(document, sum));
        });
    }

    /** Returns the checksum of an object that an earlier request has created, unless the caller may not read it. */
    private Optional<ObjectChecksum> recorded(S3Call call, ObjectInfo info) {
        if (!files.keepsChecksums()) {
            return Optional.empty();
        }
        try {
            return files.inspect(call.caller(), call.key())
                    .filter(record -> record.info().etag().equals(info.etag()))
                    .flatMap(ObjectChecksum::of);
        } catch (AccessDenied unknown) {
            return Optional.empty();
        }
    }

    /** Returns all stored parts; empty when the upload has ended, so that the service repeats its result, or refuses. */
    private Optional<List<PartInfo>> stored(S3Call call, UploadId upload) {
        try {
            return Optional.of(Page.all((Optional<PartNumber> after) ->
                            uploads.listParts(call.caller(), call.key(), upload, Uploads.MAX_PARTS, after))
                    .toList());
        } catch (NotFound ended) {
            return Optional.empty();
        }
    }

    /**
     * Compares the size and the checksum of the object with those that the client expects. A store may keep no checksums of parts. Each part was
     * compared with its own when it was stored, and is named by its ETag now, so that the parts are right without them.
     *
     * @return the checksum of the object, if there is one
     */
    private Optional<ObjectChecksum> check(S3Call call, List<PartInfo> parts) {
        long size = parts.stream().mapToLong(PartInfo::size).sum();
        call.headers()
                .get(SIZE)
                .filter(text -> !text.strip().equals(Long.toString(size)))
                .ifPresent(text -> {
                    throw new S3ErrorException(
                            S3ErrorCode.INVALID_REQUEST,
                            "The provided " + SIZE + " does not match the size of the parts, " + size);
                });
        for (ChecksumAlgorithm algorithm : ChecksumHeader.ALGORITHMS) {
            Optional<String> expected =
                    call.headers().get(ChecksumHeader.name(algorithm)).map(String::strip);
            if (expected.isPresent() && files.keepsChecksums()) {
                return Optional.of(compare(call, algorithm, expected.get(), parts));
            }
        }
        return ObjectChecksum.of(
                sizes(parts), parts.stream().map(PartInfo::checksums).toList());
    }

    private static ObjectChecksum compare(
            S3Call call, ChecksumAlgorithm algorithm, String expected, List<PartInfo> parts) {
        Optional<ChecksumType> named = call.headers().get(ChecksumType.HEADER).map(ChecksumType::parse);
        ChecksumType.check(Optional.of(algorithm), named);
        return ObjectChecksum.matching(
                        algorithm,
                        named,
                        expected,
                        sizes(parts),
                        parts.stream().map(PartInfo::checksums).toList())
                .orElseThrow(() -> ChecksumHeader.mismatch(algorithm));
    }

    private static List<Long> sizes(List<PartInfo> parts) {
        return parts.stream().map(PartInfo::size).toList();
    }
}
