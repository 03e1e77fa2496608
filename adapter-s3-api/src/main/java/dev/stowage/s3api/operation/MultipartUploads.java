package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.checksum.ChecksumType;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.util.Optional;

/** Creates and aborts multipart uploads, which are the durable ones of the service. */
final class MultipartUploads {

    private static final String ALGORITHM = "x-amz-checksum-algorithm";

    private final Uploads uploads;

    MultipartUploads(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * CreateMultipartUpload. The checksum that it announces is not recorded: parts bring their own, and that of the object is derived from
     * those of its parts.
     */
    void create(S3Call call) throws IOException {
        Optional<ChecksumAlgorithm> algorithm = call.headers().get(ALGORITHM).map(MultipartUploads::algorithm);
        Optional<ChecksumType> type = call.headers().get(ChecksumType.HEADER).map(ChecksumType::parse);
        ChecksumType.check(algorithm, type);
        UploadSession session = uploads.create(call.caller(), call.key(), ObjectHeaders.parse(call.headers()));
        algorithm.ifPresent(named -> call.reply()
                .header(ALGORITHM, ChecksumHeader.id(named))
                .header(ChecksumType.HEADER, type.orElse(ChecksumType.of(named)).name()));
        call.reply()
                .xml(
                        200,
                        "InitiateMultipartUploadResult",
                        document -> document.text("Bucket", call.bucket().name())
                                .text("Key", call.name())
                                .text("UploadId", session.id().value()));
    }

    /** AbortMultipartUpload. */
    void abort(S3Call call) throws IOException {
        uploads.abort(call.caller(), call.key(), id(call));
        call.reply().empty(204);
    }

    /** Returns the upload that a request names. @throws S3ErrorException when there can be no such upload */
    static UploadId id(S3Call call) {
        String text = call.query().get("uploadId").orElse("");
        try {
            return new UploadId(text);
        } catch (InvalidInput never) {
            throw new S3ErrorException(
                    S3ErrorCode.NO_SUCH_UPLOAD, "The specified upload does not exist; the UploadId is not valid");
        }
    }

    private static ChecksumAlgorithm algorithm(String text) {
        return ChecksumHeader.ofId(text.strip())
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.INVALID_REQUEST,
                        "Checksum algorithm provided is unsupported; use CRC32, CRC32C, CRC64NVME, SHA1 or SHA256"));
    }
}
