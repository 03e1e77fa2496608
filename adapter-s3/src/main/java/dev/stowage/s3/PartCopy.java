package dev.stowage.s3;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.UploadJournal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies objects in parts, several at a time, when they are too large for one request. */
final class PartCopy {

    private static final int IN_FLIGHT = 8;
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final RequestThreads workers;
    private final UploadCompletion completion;
    private final UploadJournal journal;
    private final long partSize;

    /** @param partSize in bytes; increased when more than 10,000 parts would be needed */
    PartCopy(
            Connection connection,
            RequestThreads workers,
            UploadCompletion completion,
            UploadJournal journal,
            long partSize) {
        this.journal = journal;
        this.connection = connection;
        this.workers = workers;
        this.completion = completion;
        this.partSize = partSize;
    }

    /** Copies the version of {@code source} described by {@code head}; fails with the SDK's exception for status 412 if it was replaced. */
    ObjectInfo copy(ObjectKey source, ObjectKey target, HeadObjectResponse head, AttributeChanges changes) {
        ObjectInfo original = Responses.info(source, head);
        ObjectAttributes attributes = changes.applyTo(original.attributes());
        OpenUpload upload = OpenUpload.begin(
                connection,
                target,
                request(source, head, changes),
                journal.open(target, attributes, OptionalLong.of(original.size())));
        TaskGroup<CompletedPart> parts = workers.group(IN_FLIGHT);
        boolean completed = false;
        try {
            submit(parts, upload, source, head);
            UploadCompletion.Completed object =
                    completion.complete(target, upload.id(), parts.join(), WriteCondition.NONE, found -> false);
            completed = true;
            upload.completed();
            return new ObjectInfo(target, original.size(), object.etag(), object.time(), attributes);
        } finally {
            if (!completed) {
                parts.cancel(CANCEL_GRACE);
                upload.abort();
            }
        }
    }

    private void submit(TaskGroup<CompletedPart> parts, OpenUpload upload, ObjectKey source, HeadObjectResponse head) {
        long size = Responses.orZero(head.contentLength());
        Split split = Split.of(size, partSize);
        int number = 1;
        for (long position = 0; position < size; position += split.partSize(), number++) {
            int part = number;
            UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                    .sourceBucket(connection.bucket())
                    .sourceKey(source.value())
                    .copySourceIfMatch(Responses.thisVersion(head))
                    .copySourceRange("bytes=" + position + "-" + (position + split.sizeAt(position) - 1))
                    .partNumber(part)
                    .build();
            parts.submit(() -> OpenUpload.part(part, upload.copy(request).eTag()), () -> {});
        }
    }

    private CreateMultipartUploadRequest.Builder request(
            ObjectKey source, HeadObjectResponse head, AttributeChanges changes) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder();
        StoredAttributes.of(head).with(changes).describe(request);
        new StoreSettings(head).carry(request);
        List<Tag> tags = tags(source);
        return tags.isEmpty()
                ? request
                : request.tagging(Tagging.builder().tagSet(tags).build());
    }

    /** A copy by one request includes the tags; an upload does not. */
    private List<Tag> tags(ObjectKey source) {
        try {
            return connection
                    .small()
                    .getObjectTagging(
                            request -> request.bucket(connection.bucket()).key(source.value()))
                    .tagSet();
        } catch (RuntimeException e) {
            if (S3Errors.knowsNoTags(e)) {
                return List.of();
            }
            throw e;
        }
    }
}
