package dev.stowage.s3;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.DeleteResult;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Deletes an object while it has a given ETag, by {@code If-Match} on the deletion.
 *
 * <p>AWS evaluates the condition for general purpose buckets. Other stores (Ceph RGW, MinIO before 2025, s3proxy) ignore it, so a HEAD
 * precedes it: with them, only a version that appears between the HEAD and the deletion is lost.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html">Conditional deletes</a>
 */
final class ConditionalDelete {

    private final Connection connection;
    private final S3Head heads;

    ConditionalDelete(Connection connection, S3Head heads) {
        this.connection = connection;
        this.heads = heads;
    }

    DeleteResult delete(ObjectKey key, Etag tag) {
        Optional<HeadObjectResponse> found;
        try {
            found = heads.find(key);
            if (found.isEmpty()) {
                return new DeleteResult.Missing(key);
            }
            ifMatch(tag).check(key, found);
        } catch (StorageException e) {
            return new DeleteResult.Failed(key, e);
        }
        try {
            String thisVersion = found.map(Responses::thisVersion).orElse(null);
            connection
                    .small()
                    .deleteObject(request ->
                            request.bucket(connection.bucket()).key(key.value()).ifMatch(thisVersion));
            return new DeleteResult.Deleted(key);
        } catch (RuntimeException e) {
            return failed(key, tag, e);
        }
    }

    /** When the request was repeated, its refusal may be caused by its first attempt. */
    private DeleteResult failed(ObjectKey key, Etag tag, RuntimeException failure) {
        StorageException meaning = S3Errors.translate(failure, Target.of(key));
        boolean unknown = S3Errors.outcomeIsUnknown(failure);
        if (unknown && !Thread.currentThread().isInterrupted()) {
            return afterLostAnswer(key, tag, meaning);
        }
        return !unknown && meaning instanceof NotFound
                ? new DeleteResult.Missing(key)
                : new DeleteResult.Failed(key, meaning);
    }

    private DeleteResult afterLostAnswer(ObjectKey key, Etag tag, StorageException meaning) {
        Optional<HeadObjectResponse> now;
        try {
            now = heads.find(key);
        } catch (StorageException e) {
            meaning.addSuppressed(e);
            return new DeleteResult.Failed(key, meaning);
        }
        if (now.isEmpty()) {
            return new DeleteResult.Deleted(key);
        }
        boolean same = Responses.etag(now.get()).equals(tag);
        boolean refused = meaning instanceof PreconditionFailed || meaning instanceof NotFound;
        return new DeleteResult.Failed(
                key,
                same || !refused
                        ? meaning
                        : new StorageUnavailable(
                                "The store's response was lost, so it is unknown whether the file was deleted before"
                                        + " another one was written. Check the file, and try again.",
                                meaning));
    }

    private static WriteConditionHeaders ifMatch(Etag tag) {
        return new WriteConditionHeaders(tag.quoted(), null);
    }
}
