package dev.stowage.s3;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.UploadJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Concatenates objects within the store: by a multipart upload whose parts are copies of them. It is not possible where one is too small for
 * a part, or the store requires parts of equal size (R2).
 */
final class S3Concatenation {

    private static final int IN_FLIGHT = 8;
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final RequestThreads workers;
    private final UploadCompletion completion;
    private final UploadJournal journal;
    private final S3Head heads;
    private final long partSize;

    /** @param partSize the size of a part, in bytes; the parts of an object are of equal size, which may be up to twice as much */
    S3Concatenation(
            Connection connection,
            RequestThreads workers,
            UploadCompletion completion,
            UploadJournal journal,
            S3Head heads,
            long partSize) {
        this.connection = connection;
        this.workers = workers;
        this.completion = completion;
        this.journal = journal;
        this.heads = heads;
        this.partSize = partSize;
    }

    Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        List<UploadPartCopyRequest> parts = new ArrayList<>();
        long size = 0;
        for (int i = 0; i < sources.size(); i++) {
            ObjectKey source = sources.get(i);
            HeadObjectResponse head = heads.find(source).orElseThrow(() -> NotFound.file(source.value()));
            long length = Responses.orZero(head.contentLength());
            if (length < PartLimits.S3.minSize() && i < sources.size() - 1) {
                return Optional.empty();
            }
            size += length;
            addParts(parts, source, head, length);
        }
        if (parts.isEmpty() || parts.size() > PartNumber.MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(concatenate(parts, target, new PutOptions(attributes, condition, List.of()), size));
        } catch (InvalidInput refused) {
            return Optional.empty();
        }
    }

    private void addParts(List<UploadPartCopyRequest> parts, ObjectKey source, HeadObjectResponse head, long length) {
        long count = Math.max(1, length / partSize);
        long each = (length + count - 1) / count;
        for (long position = 0; position < length; position += each) {
            parts.add(UploadPartCopyRequest.builder()
                    .sourceBucket(connection.bucket())
                    .sourceKey(source.value())
                    .copySourceIfMatch(Responses.thisVersion(head))
                    .copySourceRange("bytes=" + position + "-" + (Math.min(position + each, length) - 1))
                    .partNumber(parts.size() + 1)
                    .build());
        }
    }

    private ObjectInfo concatenate(
            List<UploadPartCopyRequest> requests, ObjectKey target, PutOptions options, long size) {
        ObjectAttributes attributes = options.attributes();
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder();
        StoredAttributes.of(attributes).describe(request);
        OpenUpload upload =
                OpenUpload.begin(connection, target, request, journal.open(target, attributes, OptionalLong.of(size)));
        TaskGroup<CompletedPart> parts = workers.group(IN_FLIGHT);
        boolean completed = false;
        try {
            for (UploadPartCopyRequest part : requests) {
                parts.submit(
                        () -> OpenUpload.part(
                                part.partNumber(), upload.copy(part).eTag()),
                        () -> {});
            }
            UploadCompletion.Completed object =
                    completion.complete(target, upload.id(), parts.join(), options.condition(), found -> false);
            completed = true;
            upload.completed();
            return new ObjectInfo(target, size, object.etag(), object.time(), attributes);
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, Target.of(target));
        } finally {
            if (!completed) {
                parts.cancel(CANCEL_GRACE);
                upload.abort();
            }
        }
    }
}
