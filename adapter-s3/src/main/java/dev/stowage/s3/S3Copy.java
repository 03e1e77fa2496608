package dev.stowage.s3;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Copies objects within the bucket, on the store's side: by one request, or in parts when the object is too large for that.
 *
 * <p>A copy in parts, or with other attributes, is tied to the version that the HEAD returned, because the request names the attributes of
 * that version. When the source is replaced meanwhile, and the caller did not require a version, the copy starts over.
 */
final class S3Copy {

    private static final int TRIES = 3;

    private final Connection connection;
    private final S3Head heads;
    private final PartCopy partCopy;
    private final S3Concatenation concatenation;
    private final long singleLimit;

    /** @param singleLimit the largest object that is copied by one request, in bytes */
    S3Copy(Connection connection, S3Head heads, PartCopy partCopy, S3Concatenation concatenation, long singleLimit) {
        this.connection = connection;
        this.heads = heads;
        this.partCopy = partCopy;
        this.concatenation = concatenation;
        this.singleLimit = singleLimit;
    }

    ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        if (!(options.condition() instanceof WriteCondition.None)) {
            throw new NotSupported("This store does not support conditional copies");
        }
        options.check(source, target);
        for (int tries = 1; ; tries++) {
            HeadObjectResponse head = heads.find(source).orElseThrow(() -> NotFound.file(source.value()));
            checkVersion(source, head, options);
            AttributeChanges changes = options.changesTo(Responses.info(source, head), target);
            try {
                return Responses.orZero(head.contentLength()) > singleLimit
                        ? partCopy.copy(source, target, head, changes)
                        : copyWhole(source, target, head, options, changes);
            } catch (RuntimeException e) {
                if (!S3Errors.isPreconditionFailed(e)) {
                    throw S3Errors.translate(e, Target.of(source));
                }
                if (tries == TRIES) {
                    throw new Conflict("The file at " + source + " keeps being replaced. Try again.");
                }
            }
        }
    }

    Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return concatenation.concatenate(sources, target, attributes, condition);
    }

    private static void checkVersion(ObjectKey source, HeadObjectResponse head, CopyOptions options) {
        boolean other = options.ifSourceMatch()
                .filter(wanted -> !wanted.equals(Responses.etag(head)))
                .isPresent();
        if (other) {
            throw new PreconditionFailed("The file at " + source + " has another ETag", source.value());
        }
    }

    private ObjectInfo copyWhole(
            ObjectKey source,
            ObjectKey target,
            HeadObjectResponse head,
            CopyOptions options,
            AttributeChanges changes) {
        boolean tied = options.ifSourceMatch().isPresent() || !changes.isEmpty();
        CopyObjectRequest.Builder request = CopyObjectRequest.builder()
                .sourceBucket(connection.bucket())
                .sourceKey(source.value())
                .copySourceIfMatch(tied ? Responses.thisVersion(head) : null)
                .destinationBucket(connection.bucket())
                .destinationKey(target.value());
        new StoreSettings(head).carry(request);
        if (!changes.isEmpty()) {
            // The store then carries over no attributes of the source, so the request names all of them.
            request.metadataDirective(MetadataDirective.REPLACE);
            StoredAttributes.of(head).with(changes).describe(request);
        }
        CopyObjectResult result = connection.bulk().copyObject(request.build()).copyObjectResult();
        Etag etag = Responses.etag(result.eTag(), Responses.orZero(head.contentLength()));
        // Size and attributes are those of the copied version, which may be newer than the one of the HEAD.
        return heads.stat(target)
                .filter(info -> info.etag().equals(etag))
                .orElseGet(() -> info(target, head, etag, result, changes));
    }

    /** Used when the target was replaced since. */
    private static ObjectInfo info(
            ObjectKey target, HeadObjectResponse head, Etag etag, CopyObjectResult result, AttributeChanges changes) {
        ObjectInfo original = Responses.info(target, head);
        return new ObjectInfo(
                target,
                original.size(),
                etag,
                Responses.orEpoch(result.lastModified()),
                changes.applyTo(original.attributes()));
    }
}
