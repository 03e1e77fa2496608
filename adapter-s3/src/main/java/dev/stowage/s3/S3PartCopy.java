package dev.stowage.s3;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Stores a part of a client's upload with bytes of an object of the same bucket, by one request
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html).
 */
final class S3PartCopy {

    private final Connection connection;

    S3PartCopy(Connection connection) {
        this.connection = connection;
    }

    /** See {@link dev.stowage.core.port.MultipartStore#copyPart}. */
    Optional<PartInfo> copy(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        ObjectInfo object = source.object();
        ByteSpan bytes = source.bytes();
        PartLimits.S3.checkSize(bytes.length());
        // S3 takes ranges only of objects that are larger than the smallest part.
        if (bytes.length() == 0 || (!source.isWhole() && object.size() <= PartLimits.S3.minSize())) {
            return Optional.empty();
        }
        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                .sourceBucket(connection.bucket())
                .sourceKey(object.key().value())
                .copySourceIfMatch(object.etag().quoted())
                .copySourceRange(source.isWhole() ? null : "bytes=" + bytes.offset() + "-" + bytes.last())
                .destinationBucket(connection.bucket())
                .destinationKey(key.value())
                .uploadId(upload.value())
                .partNumber(number.value())
                .build();
        try {
            CopyPartResult part = connection.bulk().uploadPartCopy(request).copyPartResult();
            return Optional.of(new PartInfo(
                    number, bytes.length(), Responses.etag(part.eTag()), Responses.orEpoch(part.lastModified())));
        } catch (RuntimeException e) {
            if (S3Errors.isNotImplemented(e)) {
                return Optional.empty();
            }
            boolean isAboutSource = S3Errors.isMissingObject(e) || S3Errors.isPreconditionFailed(e);
            throw S3Errors.translate(e, isAboutSource ? Target.of(object.key()) : Target.of(key, upload));
        }
    }
}
