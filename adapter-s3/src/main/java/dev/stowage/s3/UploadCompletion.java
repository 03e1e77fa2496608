package dev.stowage.s3;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Completes uploads, and determines the outcome when the response is lost. */
final class UploadCompletion {

    private final Connection connection;
    private final S3Head heads;
    private final LostResponses lostAnswers;
    private final InstantSource clock;

    UploadCompletion(Connection connection, S3Head heads, InstantSource clock) {
        this.connection = connection;
        this.heads = heads;
        this.lostAnswers = new LostResponses(heads);
        this.clock = clock;
    }

    /** The result of a completion. */
    record Completed(Etag etag, Instant time) {}

    /**
     * Completes the upload.
     *
     * <p>A condition is checked before the request, although the store decides: Ceph RGW 16 ignores {@code If-None-Match} here, and with the
     * check it only overwrites an object that appears at the same moment.
     *
     * @param mark whether an object has the mark of this write; if not, the outcome is derived from the ETag of the parts and from
     *     the upload, which no longer exists after its completion
     */
    Completed complete(
            ObjectKey key,
            UploadId upload,
            List<CompletedPart> parts,
            WriteCondition condition,
            Predicate<HeadObjectResponse> mark) {
        WriteConditionHeaders conditions = WriteConditionHeaders.of(condition);
        checkCondition(key, conditions);
        try {
            CompleteMultipartUploadResponse answer = connection
                    .bulk()
                    .completeMultipartUpload(request -> request.bucket(connection.bucket())
                            .key(key.value())
                            .uploadId(upload.value())
                            .multipartUpload(list -> list.parts(parts))
                            .ifMatch(conditions.ifMatch())
                            .ifNoneMatch(conditions.ifNoneMatch()));
            return new Completed(Responses.etag(answer.eTag()), Responses.time(answer, clock));
        } catch (RuntimeException e) {
            Optional<Etag> expected = expected(parts);
            HeadObjectResponse head = lostAnswers.find(
                    key,
                    e,
                    conditions.translate(e, Target.of(key, upload)),
                    found -> mark.test(found) || (has(found, expected) && isGone(key, upload)));
            return new Completed(Responses.etag(head), Responses.orEpoch(head.lastModified()));
        }
    }

    /** @throws PreconditionFailed when the condition does not hold now */
    void checkCondition(ObjectKey key, WriteConditionHeaders conditions) {
        if (conditions.any()) {
            conditions.check(key, heads.find(key));
        }
    }

    private boolean isGone(ObjectKey key, UploadId upload) {
        try {
            connection
                    .small()
                    .listParts(request -> request.bucket(connection.bucket())
                            .key(key.value())
                            .uploadId(upload.value())
                            .maxParts(1));
            return false;
        } catch (RuntimeException e) {
            return S3Errors.isNotFound(e);
        }
    }

    private static boolean has(HeadObjectResponse head, Optional<Etag> expected) {
        return expected.isPresent() && expected.get().equals(Responses.etag(head));
    }

    private static Optional<Etag> expected(List<CompletedPart> parts) {
        return MultipartEtag.of(
                parts.stream().map(part -> Responses.etag(part.eTag())).toList());
    }
}
