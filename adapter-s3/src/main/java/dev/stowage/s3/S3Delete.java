package dev.stowage.s3;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.DeleteResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes objects. S3 does not report whether an object existed, so a HEAD precedes the deletion. */
final class S3Delete {

    private static final int IN_FLIGHT = 16;

    private final Connection connection;
    private final S3Head heads;
    private final RequestThreads workers;
    private final ConditionalDelete conditional;

    S3Delete(Connection connection, S3Head heads, RequestThreads workers) {
        this.connection = connection;
        this.heads = heads;
        this.workers = workers;
        this.conditional = new ConditionalDelete(connection, heads);
    }

    List<DeleteResult> delete(List<ObjectKey> keys) {
        if (keys.size() == 1) {
            return List.of(deleteOne(keys.get(0)));
        }
        Map<ObjectKey, DeleteResult> results = missing(keys);
        List<ObjectKey> present =
                keys.stream().filter(key -> !results.containsKey(key)).toList();
        if (!present.isEmpty()) {
            deletePresent(present, results);
        }
        return keys.stream()
                .<DeleteResult>map(key -> results.getOrDefault(key, new DeleteResult.Deleted(key)))
                .toList();
    }

    /** Deletes without a HEAD; missing objects are reported as deleted. */
    List<DeleteResult> remove(List<ObjectKey> keys) {
        Map<ObjectKey, DeleteResult> results = new HashMap<>();
        deletePresent(keys, results);
        return keys.stream()
                .<DeleteResult>map(key -> results.getOrDefault(key, new DeleteResult.Deleted(key)))
                .toList();
    }

    /**
     * Deletes each object only while it has the given ETag. Sends a request for each, several at a time: not all stores support ETags in a
     * batch deletion.
     */
    List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        TaskGroup<DeleteResult> deletions = workers.group(IN_FLIGHT);
        try {
            tags.forEach((key, tag) -> deletions.submit(() -> conditional.delete(key, tag), () -> {}));
            return deletions.join();
        } finally {
            deletions.cancel(Duration.ZERO);
        }
    }

    private DeleteResult deleteOne(ObjectKey key) {
        try {
            if (heads.find(key).isEmpty()) {
                return new DeleteResult.Missing(key);
            }
            connection
                    .small()
                    .deleteObject(request -> request.bucket(connection.bucket()).key(key.value()));
            return new DeleteResult.Deleted(key);
        } catch (RuntimeException e) {
            return new DeleteResult.Failed(key, S3Errors.translate(e, Target.of(key)));
        }
    }

    private Map<ObjectKey, DeleteResult> missing(List<ObjectKey> keys) {
        TaskGroup<Optional<DeleteResult>> checks = workers.group(IN_FLIGHT);
        try {
            keys.forEach(key -> checks.submit(() -> knownResult(key), () -> {}));
            Map<ObjectKey, DeleteResult> results = new HashMap<>();
            checks.join().forEach(found -> found.ifPresent(result -> results.put(result.key(), result)));
            return results;
        } finally {
            checks.cancel(Duration.ZERO);
        }
    }

    /** The result that is known before the deletion; empty when the object exists. */
    private Optional<DeleteResult> knownResult(ObjectKey key) {
        try {
            return heads.find(key).isPresent() ? Optional.empty() : Optional.of(new DeleteResult.Missing(key));
        } catch (StorageException e) {
            return Optional.of(new DeleteResult.Failed(key, e));
        }
    }

    /** A batch is an XML document. A key that XML 1.0 can't represent would fail the whole batch, so it is deleted by its URL. */
    private void deletePresent(List<ObjectKey> keys, Map<ObjectKey, DeleteResult> results) {
        Map<Boolean, List<ObjectKey>> fits = keys.stream().collect(Collectors.partitioningBy(S3Delete::fitsXml));
        fits.getOrDefault(false, List.of()).forEach(key -> results.put(key, deleteOne(key)));
        List<ObjectKey> batch = fits.getOrDefault(true, List.of());
        if (!batch.isEmpty()) {
            deleteTogether(batch, results);
        }
    }

    /** Of the characters allowed in keys, XML 1.0 excludes these two (https://www.w3.org/TR/xml/#charsets). */
    private static boolean fitsXml(ObjectKey key) {
        return key.value().indexOf('\uFFFE') < 0 && key.value().indexOf('\uFFFF') < 0;
    }

    private void deleteTogether(List<ObjectKey> keys, Map<ObjectKey, DeleteResult> results) {
        List<ObjectIdentifier> names = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key.value()).build())
                .toList();
        try {
            DeleteObjectsResponse answer = connection
                    .small()
                    .deleteObjects(request -> request.bucket(connection.bucket())
                            .delete(list -> list.objects(names).quiet(true)));
            for (S3Error error : answer.errors()) {
                ObjectKey key = new ObjectKey(error.key());
                // Under a key that the store can't hold, there is no object.
                if (!S3Errors.KEY_TOO_LONG.equals(error.code())) {
                    results.put(key, new DeleteResult.Failed(key, reason(key, error)));
                }
            }
        } catch (RuntimeException e) {
            keys.forEach(key -> results.put(
                    key,
                    S3Errors.refusesBatches(e) ? deleteOne(key) : new DeleteResult.Failed(key, S3Errors.bucket(e))));
        }
    }

    /** The error of a single key has a code but no status. */
    private static StorageException reason(ObjectKey key, S3Error error) {
        String code = error.code() == null ? "" : error.code();
        if (code.equals("InternalError") || code.equals("ServiceUnavailable")) {
            return new StorageUnavailable("The store is overloaded or failing. Try again later.", null);
        }
        return S3Errors.translate(
                S3Exception.builder()
                        .statusCode(400)
                        .message(error.message())
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .serviceName("S3")
                                .errorCode(code)
                                .errorMessage(error.message())
                                .build())
                        .build(),
                Target.of(key));
    }
}
